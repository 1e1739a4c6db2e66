// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "swift-recommend",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "RecCore", targets: ["RecCore"]),
        .library(name: "RecEvaluation", targets: ["RecEvaluation"]),
        .library(name: "RecImage", targets: ["RecImage"]),
        .library(name: "RecMetadata", targets: ["RecMetadata"]),
        .library(name: "RecIndex", targets: ["RecIndex"]),
        .library(name: "RecTesting", targets: ["RecTesting"]),
        .executable(name: "rec-demo", targets: ["rec-demo"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.3"..<"5.0.0"),
    ],
    targets: [
        // MARK: Library modules. Arrows point one way: RecEvaluation, RecImage, RecMetadata, RecIndex -> RecCore -> RecMath.
        .target(name: "RecCore", dependencies: ["RecMath"]),
        .target(name: "RecEvaluation", dependencies: ["RecCore", "RecMath"]),
        .target(
            name: "RecImage",
            dependencies: [
                "RecCore", "RecPlatform", "CRecJPEG", "CRecOpenBLAS",
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        .target(name: "RecMetadata", dependencies: ["RecCore", "RecMath", "RecPlatform"]),
        .target(name: "RecIndex", dependencies: ["RecCore", "RecMath", "RecPlatform"]),

        // MARK: Checks that any implementation of our protocols can be run through, for test targets only.
        .target(name: "RecTesting", dependencies: ["RecCore", "RecMath"]),

        // MARK: The demo.
        .executableTarget(
            name: "rec-demo",
            dependencies: [
                "RecCore", "RecEvaluation", "RecImage", "RecMetadata", "RecIndex", "RecPlatform",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),

        // MARK: Implementation details: mathematics, the machine behind a safe Swift face, and the C behind that.
        .target(name: "RecMath"),
        .target(name: "RecPlatform", dependencies: ["CRecKernels"]),
        .target(name: "CRecKernels"),
        .target(name: "CRecJPEG", dependencies: ["CRecLibJPEG"]),
        .systemLibrary(
            name: "CRecLibJPEG",
            pkgConfig: "libjpeg",
            providers: [.apt(["libjpeg-dev", "libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]
        ),
        .systemLibrary(
            name: "CRecOpenBLAS",
            pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]
        ),

        // MARK: Tests.
        .testTarget(name: "RecCoreTests", dependencies: ["RecCore", "RecIndex", "RecTesting"]),
        .testTarget(
            name: "RecEvaluationTests",
            dependencies: ["RecEvaluation", "RecIndex", "RecTesting"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "RecMathTests",
            dependencies: ["RecMath", "RecTesting"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "RecImageTests",
            dependencies: ["RecImage", "RecPlatform", "RecTesting"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "RecMetadataTests",
            dependencies: ["RecMetadata", "RecTesting"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "RecIndexTests",
            dependencies: ["RecIndex", "RecPlatform", "RecTesting", "CrashWriter"],
            resources: [.copy("Fixtures")]
        ),
        .executableTarget(
            name: "CrashWriter",
            dependencies: ["RecIndex", "RecTesting"],
            path: "Tests/CrashWriter"
        ),
        .testTarget(name: "RecPlatformTests", dependencies: ["RecPlatform", "RecTesting"]),
    ]
)

for target in package.targets where target.type != .system {
    if target.name.hasPrefix("CRec") {
        target.cSettings = (target.cSettings ?? []) + [.treatAllWarnings(as: .error)]
    } else {
        target.swiftSettings =
            (target.swiftSettings ?? []) + [
                .swiftLanguageMode(.v6),
                .strictMemorySafety(),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
                .treatAllWarnings(as: .error),
            ]
    }
}
