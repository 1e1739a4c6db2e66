// swift-tools-version: 6.2
import PackageDescription

// The programs behind the benchmarks. A package of its own, so that the library's manifest does not grow, and a host like
// any other: it sees the public API only.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-recommend", path: "..")],
    targets: [
        // The worker that the benchmark harness drives.
        .executableTarget(
            name: "rec-bench",
            dependencies: [
                .product(name: "RecCore", package: "swift-recommend"),
                .product(name: "RecNetwork", package: "swift-recommend"),
                .product(name: "RecImage", package: "swift-recommend"),
                .product(name: "RecIndex", package: "swift-recommend"),
                .product(name: "RecMetadata", package: "swift-recommend"),
            ]
        ),
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
