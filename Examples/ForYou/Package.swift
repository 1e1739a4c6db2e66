// swift-tools-version: 6.2
import PackageDescription

// A recommendations page for a visitor, by attributes alone: no picture, no model, no server. In a package of your own,
// give the URL of the repository instead of the path.
let package = Package(
    name: "ForYou",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-recommend", path: "../..")],
    targets: [
        .executableTarget(
            name: "for-you",
            dependencies: [
                .product(name: "RecCore", package: "swift-recommend"),
                .product(name: "RecMetadata", package: "swift-recommend"),
                .product(name: "RecIndex", package: "swift-recommend"),
            ]
        )
    ]
)
