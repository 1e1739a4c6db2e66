// swift-tools-version: 6.2
import PackageDescription

// A shop's server: products, recommendations and search by picture over HTTP, with a page. In a package of your own, give
// the URL of the repository instead of the path.
let package = Package(
    name: "Shop",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "Shop", targets: ["Shop"])
    ],
    traits: [
        .trait(name: "Milvus", description: "Serves an index in a collection of Milvus, through libcurl."),
        .trait(name: "Postgres", description: "Serves an index in a table of PostgreSQL, through libpq."),
    ],
    dependencies: [
        .package(
            name: "swift-recommend",
            path: "../..",
            traits: [
                "AllPictures",
                .trait(name: "Milvus", condition: .when(traits: ["Milvus"])),
                .trait(name: "Postgres", condition: .when(traits: ["Postgres"])),
            ]
        ),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(
            url: "https://github.com/apple/swift-configuration",
            from: "1.4.0",
            traits: ["CommandLineArguments", "JSON"]
        ),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .executableTarget(
            name: "Shop",
            dependencies: [
                "ShopServer",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "ShopServer",
            dependencies: [
                .product(name: "RecCore", package: "swift-recommend"),
                .product(name: "RecMetadata", package: "swift-recommend"),
                .product(name: "RecIndex", package: "swift-recommend"),
                .product(name: "RecImage", package: "swift-recommend"),
                .product(name: "RecMilvus", package: "swift-recommend", condition: .when(traits: ["Milvus"])),
                .product(name: "RecPostgres", package: "swift-recommend", condition: .when(traits: ["Postgres"])),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            resources: [.embedInCode("Page"), .embedInCode("Description")]
        ),
        // The steps of "From an empty folder to a shop" in the documentation of RecImage.
        .executableTarget(
            name: "FirstShop",
            dependencies: [
                .product(name: "RecCore", package: "swift-recommend"),
                .product(name: "RecMetadata", package: "swift-recommend"),
                .product(name: "RecIndex", package: "swift-recommend"),
                .product(name: "RecImage", package: "swift-recommend"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ]
        ),
        .testTarget(
            name: "ShopTests",
            dependencies: [
                "ShopServer",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "RecCore", package: "swift-recommend"),
                .product(name: "RecImage", package: "swift-recommend"),
                .product(name: "RecIndex", package: "swift-recommend"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
    ]
)
