import Foundation
import Logging
import Metrics
import ShopServer

/// Starts the server with the settings of flags and environment.
@main
struct Shop {
    static func main() async {
        if CommandLine.arguments.contains("--help") {
            print("Serves a shop: products, recommendations, search by picture, and a page.\n\(ShopSettings.help)")
            return
        }
        do {
            try await serve(try await ShopSettings.read())
        } catch let error as SettingsError {
            fail("\(error)", code: 64)
        } catch {
            fail("\(error)", code: 1)
        }
    }

    private static func serve(_ settings: ShopSettings) async throws {
        let level = settings.logLevel
        LoggingSystem.bootstrap { JSONLogHandler(label: $0, level: level) }
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let server = try await ShopServer(
            settings,
            metrics: metrics,
            logger: Logger(label: "shop"),
            readSettings: { try await ShopSettings.read() }
        )
        try await server.run { address in
            // The one line on standard output, for people and for scripts.
            print(address)
            fflush(nil)
        }
    }

    private static func fail(_ message: String, code: Int32) -> Never {
        FileHandle.standardError.write(Data("shop: \(message)\n".utf8))
        exit(code)
    }
}
