import Foundation
import Hummingbird
import RecCore
import RecIndex

// snippet.main
@main
struct FirstShop {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            print("Usage: FirstShop CATALOGUE WEIGHTS")
            exit(64)
        }
        let shop = try await Shop(path: "first.live", catalogue: arguments[1], weights: arguments[2])
        let application = Application(
            router: router(for: shop),
            configuration: .init(address: .hostname("127.0.0.1", port: 8080))
        )
        // Ends at SIGTERM or Ctrl-C, after the requests under way.
        try await application.runService()
        try await shop.index.close()
    }
}
// snippet.end
