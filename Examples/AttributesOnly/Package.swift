// swift-tools-version: 6.2
import PackageDescription

// A host that recommends by attributes alone. It links RecCore, RecMetadata and RecIndex, and neither OpenBLAS nor
// libjpeg-turbo. In a package of your own, give the URL of the repository instead of the path.
let package = Package(
    name: "AttributesOnly",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-recommend", path: "../..")],
    targets: [
        .executableTarget(
            name: "attributes-only",
            dependencies: [
                .product(name: "RecCore", package: "swift-recommend"),
                .product(name: "RecMetadata", package: "swift-recommend"),
                .product(name: "RecIndex", package: "swift-recommend"),
            ]
        )
    ]
)
