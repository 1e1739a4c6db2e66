// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "swift-recommend",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "RecCore", targets: ["RecCore"]),
        .library(name: "RecEvaluation", targets: ["RecEvaluation"]),
        .library(name: "RecNetwork", targets: ["RecNetwork"]),
        .library(name: "RecImage", targets: ["RecImage"]),
        .library(name: "RecMetadata", targets: ["RecMetadata"]),
        .library(name: "RecIndex", targets: ["RecIndex"]),
        .library(name: "RecPostgres", targets: ["RecPostgres"]),
        .library(name: "RecMilvus", targets: ["RecMilvus"]),
        .library(name: "RecTesting", targets: ["RecTesting"]),
        .executable(name: "rec-demo", targets: ["rec-demo"]),
    ],
    traits: [
        .trait(name: "PNG", description: "Reads PNG pictures with libpng."),
        .trait(name: "WebP", description: "Reads WebP pictures with libwebp."),
        .trait(name: "HEIF", description: "Reads HEIC and AVIF pictures with libheif."),
        .trait(
            name: "AllPictures",
            description: "Reads pictures of all formats that the package knows.",
            enabledTraits: ["PNG", "WebP", "HEIF"]
        ),
        .trait(name: "Postgres", description: "Connects to PostgreSQL with libpq."),
        .trait(name: "Milvus", description: "Connects to Milvus with libcurl."),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        // MARK: Library modules. Arrows point one way: RecImage -> RecONNX -> RecNetwork; all -> RecCore -> RecMath.
        .target(name: "RecCore", dependencies: ["RecMath"]),
        .target(name: "RecEvaluation", dependencies: ["RecCore", "RecMath"]),
        .target(
            name: "RecNetwork",
            dependencies: ["RecCore", "RecFiles", "RecCompute", "CRecKernels", "CRecOpenBLAS"]
        ),
        .target(
            name: "RecImage",
            dependencies: [
                "RecCore", "RecONNX", "RecNetwork", "RecFiles", "RecCompute", "CRecKernels", "CRecJPEG",
                .target(name: "CRecPNG", condition: .when(traits: ["PNG"])),
                .target(name: "CRecWebP", condition: .when(traits: ["WebP"])),
                .target(name: "CRecHEIF", condition: .when(traits: ["HEIF"])),
            ]
        ),
        .target(name: "RecMetadata", dependencies: ["RecCore", "RecMath", "RecFiles"]),
        .target(name: "RecIndex", dependencies: ["RecCore", "RecMath", "RecFiles", "RecCompute", "CRecKernels"]),

        // MARK: Networks in ONNX files.
        .target(name: "RecONNX", dependencies: ["RecCore", "RecFiles", "RecCompute", "RecNetwork"]),

        // MARK: Engines on other machines, each on what they share.
        .target(name: "RecEngines", dependencies: ["RecCore", "RecFiles", "RecIndex"]),
        .target(
            name: "RecPostgres",
            dependencies: [
                "RecCore", "RecMath", "RecEngines", "RecIndex", "RecMetadata", "RecFiles", "RecCompute",
                .target(name: "CRecLibPQ", condition: .when(traits: ["Postgres"])),
            ]
        ),

        .target(
            name: "RecMilvus",
            dependencies: [
                "RecCore", "RecEngines", "RecIndex", "RecFiles", "RecCompute",
                .target(name: "CRecCurl", condition: .when(traits: ["Milvus"])),
            ]
        ),

        // MARK: Checks that any implementation of our protocols can be run through, for test targets only.
        .target(name: "RecTesting", dependencies: ["RecCore", "RecMath", "RecCompute"]),

        // MARK: The demo.
        .executableTarget(
            name: "rec-demo",
            dependencies: [
                "RecCore", "RecEvaluation", "RecMath", "RecNetwork", "RecONNX", "RecImage", "RecMetadata", "RecIndex",
                "RecFiles", "RecCompute", "RecEngines",
                .target(name: "RecPostgres", condition: .when(traits: ["Postgres"])),
                .target(name: "RecMilvus", condition: .when(traits: ["Milvus"])),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            resources: [.embedInCode("Report/Page")]
        ),

        // Programs of the benchmarks that look below the public API: the worker of the harness, and those that time the
        // algorithms of convolutions, the networks of ONNX files, the reading of tables and the searches of engines.
        .executableTarget(
            name: "rec-bench",
            dependencies: ["RecCore", "RecNetwork", "RecImage", "RecIndex", "RecMetadata"],
            path: "Benchmarks/Worker"
        ),
        .executableTarget(
            name: "convolution-times",
            dependencies: ["RecMath", "RecNetwork"],
            path: "Benchmarks/ConvolutionTimes"
        ),
        .executableTarget(name: "onnx-times", dependencies: ["RecNetwork", "RecONNX"], path: "Benchmarks/ONNXTimes"),
        .executableTarget(
            name: "table-times",
            dependencies: ["RecCore", "RecMetadata"],
            path: "Benchmarks/TableTimes"
        ),
        .executableTarget(
            name: "postgres-times",
            dependencies: [
                "BenchmarkSupport", "RecCore", "RecEngines", "RecIndex", "RecPostgres", "RecCompute", "RecTesting",
            ],
            path: "Benchmarks/PostgresTimes"
        ),
        .executableTarget(
            name: "milvus-times",
            dependencies: [
                "BenchmarkSupport", "RecCore", "RecEngines", "RecIndex", "RecMilvus", "RecCompute", "RecTesting",
            ],
            path: "Benchmarks/MilvusTimes",
            exclude: ["insert.py"]
        ),
        .target(name: "BenchmarkSupport", dependencies: ["RecCore", "RecTesting"], path: "Benchmarks/Support"),

        // MARK: Implementation details: mathematics, files, threads and shared memory behind a safe Swift face, and C.
        .target(name: "RecMath"),
        .target(name: "RecFiles", dependencies: ["RecCore", "RecCompute", "CRecKernels"]),
        .target(name: "RecCompute", dependencies: ["CRecKernels"]),
        .target(name: "CRecKernels"),
        .target(name: "CRecJPEG", dependencies: ["CRecLibJPEG"]),
        .systemLibrary(
            name: "CRecLibJPEG",
            pkgConfig: "libjpeg",
            providers: [.apt(["libjpeg-dev", "libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]
        ),
        .target(
            name: "CRecPNG",
            dependencies: [.target(name: "CRecLibPNG", condition: .when(traits: ["PNG"]))],
            cSettings: [.define("REC_PNG", .when(traits: ["PNG"]))],
            linkerSettings: [.linkedLibrary("z", .when(traits: ["PNG"]))]
        ),
        .systemLibrary(
            name: "CRecLibPNG",
            pkgConfig: "libpng",
            providers: [.apt(["libpng-dev"]), .brew(["libpng"])]
        ),
        .target(
            name: "CRecWebP",
            dependencies: [.target(name: "CRecLibWebP", condition: .when(traits: ["WebP"]))],
            cSettings: [.define("REC_WEBP", .when(traits: ["WebP"]))]
        ),
        .systemLibrary(
            name: "CRecLibWebP",
            pkgConfig: "libwebpdemux",
            providers: [.apt(["libwebp-dev"]), .brew(["webp"])]
        ),
        .target(
            name: "CRecHEIF",
            dependencies: [.target(name: "CRecLibHEIF", condition: .when(traits: ["HEIF"]))],
            cSettings: [.define("REC_HEIF", .when(traits: ["HEIF"]))]
        ),
        .systemLibrary(
            name: "CRecLibHEIF",
            pkgConfig: "libheif",
            providers: [.apt(["libheif-dev"]), .brew(["libheif"])]
        ),
        .systemLibrary(
            name: "CRecLibPQ",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]
        ),
        .target(
            name: "CRecCurl",
            dependencies: [.target(name: "CRecLibCurl", condition: .when(traits: ["Milvus"]))],
            cSettings: [.define("REC_CURL", .when(traits: ["Milvus"]))]
        ),
        .systemLibrary(
            name: "CRecLibCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]
        ),
        .systemLibrary(
            name: "CRecOpenBLAS",
            pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]
        ),

        // MARK: Tests.
        .testTarget(name: "RecCoreTests", dependencies: ["RecCore", "RecCompute", "RecTesting"]),
        .testTarget(name: "RecTestingTests", dependencies: ["RecCore", "RecCompute", "RecTesting"]),
        .testTarget(
            name: "RecEvaluationTests",
            dependencies: ["RecEvaluation", "RecIndex", "RecCompute", "RecTesting"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "RecMathTests",
            dependencies: ["RecMath", "RecTesting"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "RecNetworkTests",
            dependencies: ["RecNetwork", "RecFiles", "RecCompute", "RecTesting"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "RecONNXTests",
            dependencies: ["RecONNX", "RecCore", "RecNetwork", "RecFiles", "RecCompute", "RecTesting"]
        ),
        .testTarget(
            name: "RecImageTests",
            dependencies: ["RecImage", "RecNetwork", "RecFiles", "RecCompute", "RecTesting"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "RecMetadataTests",
            dependencies: ["RecMetadata", "RecCompute", "RecTesting"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "RecIndexTests",
            dependencies: ["RecIndex", "RecFiles", "RecCompute", "RecTesting", "CrashWriter"],
            resources: [.copy("Fixtures")]
        ),
        .executableTarget(
            name: "CrashWriter",
            dependencies: ["RecIndex", "RecTesting"],
            path: "Tests/CrashWriter"
        ),
        .testTarget(
            name: "RecDemoTests",
            dependencies: [
                "rec-demo", "RecCore", "RecEvaluation", "RecMetadata", "RecNetwork", "RecONNX", "RecFiles",
                "RecCompute", "RecTesting",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Script"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "RecFilesTests",
            dependencies: ["RecFiles", "RecCompute", "RecTesting"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(name: "RecEnginesTests", dependencies: ["RecEngines", "RecIndex", "RecCompute", "RecTesting"]),
        .testTarget(
            name: "RecPostgresTests",
            dependencies: [
                "RecPostgres", "RecEngines", "RecIndex", "RecMetadata", "RecFiles", "RecCompute", "RecTesting",
                "rec-demo",
            ]
        ),
        .testTarget(
            name: "RecMilvusTests",
            dependencies: [
                "RecMilvus", "RecEngines", "RecIndex", "RecFiles", "RecCompute", "RecTesting", "rec-demo",
            ],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(name: "RecComputeTests", dependencies: ["RecCompute", "RecTesting"]),
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
    if target.type == .test {
        // Optimising the tests takes longer than it saves. SwiftPM refuses unsafe flags in products of a dependency, and
        // tests are in none.
        target.swiftSettings?.append(.unsafeFlags(["-Onone"], .when(configuration: .release)))
    }
}
