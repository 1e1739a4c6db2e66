// swift-tools-version: 6.2
import PackageDescription

// Benchmarks that a host could write: they see the public API only. Those that look below it are targets of the package
// itself.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-recommend", path: "..")],
    targets: [
        // Prints what post-processing and learned weights do to a real catalogue, and what recommending costs.
        .executableTarget(
            name: "rec-quality",
            dependencies: [
                .product(name: "RecCore", package: "swift-recommend"),
                .product(name: "RecEvaluation", package: "swift-recommend"),
                .product(name: "RecIndex", package: "swift-recommend"),
                .product(name: "RecMetadata", package: "swift-recommend"),
            ]
        ),
        // Prints how long a small request takes while customers search by picture.
        .executableTarget(
            name: "rec-latency",
            dependencies: [
                .product(name: "RecCore", package: "swift-recommend"),
                .product(name: "RecImage", package: "swift-recommend"),
                .product(name: "RecIndex", package: "swift-recommend"),
            ]
        ),
    ]
)

for target in package.targets {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .treatAllWarnings(as: .error),
    ]
}
