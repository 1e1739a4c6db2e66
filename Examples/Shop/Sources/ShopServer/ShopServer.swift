import Hummingbird
import HummingbirdCore
import Logging
import Metrics
import RecCore
import RecImage
import ServiceLifecycle
import Tracing
import UnixSignals

/// The server of a shop: routes, and what they share.
public struct ShopServer: Sendable {
    private let settings: ShopSettings
    private let metrics: PrometheusMetrics
    private let logger: Logger
    private let generations: GenerationSwitch
    private let cleanup: PictureCleanup
    private let reloader: Reloader

    /// Opens index and network; a path without an index becomes one with the products of the catalogue.
    ///
    /// - Parameters:
    ///   - settings: The settings of the start.
    ///   - metrics: What swift-metrics was started with.
    ///   - logger: The logger of everything that is not a request.
    ///   - readSettings: Reads the settings again for a reload; `nil` for those of the start.
    /// - Throws: The errors of the index, its weights and the catalogue.
    public init(
        _ settings: ShopSettings,
        metrics: PrometheusMetrics,
        logger: Logger,
        readSettings: (@Sendable () async throws -> ShopSettings)? = nil
    ) async throws {
        self.settings = settings
        self.metrics = metrics
        self.logger = logger
        let first = try await Generation.open(settings, logger: logger)
        generations = GenerationSwitch(first, logger: logger)
        cleanup = PictureCleanup(generations, logger: logger)
        reloader = Reloader(generations, cleanup, logger: logger, readSettings: readSettings ?? { settings })
    }

    /// The application, to run or to test.
    ///
    /// - Parameter onRunning: Gets the address when the server listens.
    /// - Returns: The application, which is a service.
    /// - Throws: `RecError` for settings out of range.
    public func application(
        onRunning: @escaping @Sendable (String) async -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        let connections = MaximumAvailableConnections.maximum(settings.connections, logger: logger)
        return Application(
            router: try router(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        RequestTimeLimit(
                            limit: .nanoseconds(Int64((settings.timeout + .seconds(10)) / .nanoseconds(1))),
                            maximumBodySize: settings.maximumBodySize
                        )
                    ],
                    idleTimeout: .seconds(60),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16 << 10,
                        maxHeaderListSize: 32 << 10,
                        maxHeaderFieldCount: 100
                    )
                )
            ),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port),
                availableConnectionsDelegate: connections
            ),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? settings.port
                await onRunning("http://\(settings.host):\(port)/")
            },
            logger: logger
        )
    }

    /// Serves until SIGTERM or SIGINT.
    ///
    /// Requests under way end then, and the index is closed. SIGHUP reloads.
    ///
    /// - Parameter onRunning: Gets the address when the server listens.
    /// - Throws: The errors of the socket.
    public func run(onRunning: @escaping @Sendable (String) async -> Void = { _ in }) async throws {
        // Services end in the opposite order: first the server, then the index.
        let services: [any Service] = [
            IndexService(generations: generations),
            cleanup,
            ReloadService(reloader: reloader),
            try application { [cleanup] address in
                cleanup.request()
                await onRunning(address)
            },
        ]
        var configuration = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = settings.timeout + .seconds(5)
        try await ServiceGroup(configuration: configuration).run()
    }

    /// Opens index and network anew and switches to them, as SIGHUP does.
    ///
    /// - Throws: What is wrong; everything then stays as it was.
    public func reload() async throws { try await reloader.reload() }

    /// Removes uploaded pictures that no product names, for tests that do not run the server.
    package func removeOrphanedPictures() async { await cleanup.removeOrphans() }

    /// Closes the index, for tests that do not run the server.
    public func close() async { await generations.close() }

    private func router() throws -> Router<ShopContext> {
        let router = Router(context: ShopContext.self, options: [.autoGenerateHeadEndpoints])
        // It wraps each body, which is then no longer written together with its head.
        if !(InstrumentationSystem.instrument is NoOpInstrument) { router.add(middleware: TracingMiddleware()) }
        router.add(middleware: RequestMetricsMiddleware())
        router.add(middleware: RequestIDMiddleware())
        router.add(middleware: AccessLogMiddleware())
        router.add(middleware: SecurityHeadersMiddleware())
        router.add(middleware: ErrorMiddleware())

        let gate = PictureGate(capacity: settings.maximumPendingPictures)
        let facets = FacetCache()
        let thumbnails = try ThumbnailQueue(threads: 1, maximumPixelCount: settings.maximumPixelCount)
        let cache = PictureCache(thumbnails, limit: settings.pictureCacheSize)
        // Searches of strangers do not keep writers out.
        let writeGate = PictureGate(capacity: max(1, settings.maximumPendingPictures / 4))
        let bodies = BodyBudget(capacity: settings.maximumPendingJSON)
        OperationRoutes(generations: generations, gates: [gate, writeGate], bodies: bodies, metrics: metrics)
            .add(to: router)
        PageRoutes(generations: generations, documents: DocumentCache(facets: facets)).add(to: router)
        ProductRoutes(generations: generations, answers: AnswerCache(limit: settings.answerCacheSize)).add(to: router)
        FacetRoutes(generations: generations, facets: facets).add(to: router)
        RecommendationRoutes(generations: generations, bodies: bodies, timeout: settings.timeout).add(to: router)
        PictureSearchRoutes(generations: generations, gate: gate, settings: settings).add(to: router)
        PictureRoutes(generations: generations, cache: cache).add(to: router)
        let writers = router.group().add(middleware: TokenMiddleware { [generations] in generations.current.token })
        WriteRoutes(generations: generations, gate: writeGate, settings: settings).add(to: writers)
        ReloadRoutes(reloader: reloader).add(to: writers)
        return router
    }
}

/// Closes the index after the server has ended.
private struct IndexService: Service {
    let generations: GenerationSwitch

    func run() async throws {
        try? await gracefulShutdown()
        await generations.close()
    }
}

/// Reloads at each SIGHUP.
private struct ReloadService: Service {
    let reloader: Reloader

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            // The reloader logs what goes wrong, and the server goes on as before.
            _ = try? await reloader.reload()
        }
    }
}
