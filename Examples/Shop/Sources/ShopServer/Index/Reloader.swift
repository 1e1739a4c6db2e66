import Logging
import Metrics
import RecCore

/// Opens index and network anew beside those in use, tests them, and gives them to the requests that follow.
actor Reloader {
    private let generations: GenerationSwitch
    private let cleanup: PictureCleanup
    private let readSettings: @Sendable () async throws -> ShopSettings
    private let logger: Logger
    private var isReloading = false
    private let successes = Counter(label: "shop_reloads", dimensions: [("result", "switched")])
    private let failures = Counter(label: "shop_reloads", dimensions: [("result", "failed")])

    init(
        _ generations: GenerationSwitch,
        _ cleanup: PictureCleanup,
        logger: Logger,
        readSettings: @escaping @Sendable () async throws -> ShopSettings
    ) {
        self.generations = generations
        self.cleanup = cleanup
        self.logger = logger
        self.readSettings = readSettings
    }

    /// Reads the settings again and switches to what they name; on a failure, everything stays as it was.
    ///
    /// - Returns: The number of the new generation.
    /// - Throws: `ShopError` while another call is under way, and what is wrong with settings, index, weights or the smoke test.
    @discardableResult
    func reload() async throws -> Int {
        guard !isReloading else { throw ShopError.reloading }
        isReloading = true
        defer { isReloading = false }
        let old = generations.current
        do {
            let next = try await Generation.open(try await readSettings(), after: old, logger: logger)
            do {
                guard next.network != nil || old.network == nil else {
                    throw SmokeTestFailure(
                        "The previous index had search by picture, and the new one has not. Check the weights."
                    )
                }
                try await SmokeTest(generation: next).run()
            } catch {
                if next.index.id != old.index.id { try? await next.index.close() }
                throw error
            }
            await generations.replace(with: next)
            if next.index.id == old.index.id { cleanup.request() }
            successes.increment()
            logger.notice("Switched to a new index.", metadata: ["generation": "\(next.number)"])
            return next.number
        } catch {
            failures.increment()
            logger.error(
                "Reload failed; still serving the previous index.",
                metadata: ["error": "\(error)", "generation": "\(old.number)"]
            )
            throw error
        }
    }
}
