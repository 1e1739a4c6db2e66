import Foundation
import Logging
import RecCore
import RecIndex
import ShopServer
import Testing

@Suite struct `Searches of a large catalogue` {
    private static let count = 1500

    /// A live folder with a graph, which is made once.
    private static let template = Task<String, any Error> {
        let path = FileManager.default.temporaryDirectory.appending(path: "shop-\(UUID().uuidString).live").path
        try await LiveIndexMaker.makeLarge(path, like: try await TestShop.sample(), count: count, graph: true)
        return path
    }

    /// A server whose index the library has made with a graph, and that index, exact.
    private func withLargeShop(
        recall: Double? = nil,
        logger: Logger = TestShop.quiet,
        _ body: (TestShop, Recommender<Index>) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "shop-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.copyItem(atPath: try await Self.template.value, toPath: folder)
        try await TestShop.with(
            change: { settings in
                settings.index = folder
                if let recall { settings.recall = recall }
            },
            logger: logger
        ) { (shop) async throws in
            try await body(shop, Recommender(index: try shop.library()))
        }
    }

    /// The share of the exact answer that an answer has; products of one score are interchangeable.
    private func share(_ answer: Answer, of exact: [Neighbor]) throws -> Double {
        let lines = try answer.decoded(as: RankingAnswer.self).results
        let last = try #require(exact.last).score
        #expect(lines.count == exact.count)
        #expect(zip(lines, lines.dropFirst()).allSatisfy { $0.score >= $1.score })
        let scores = Dictionary(uniqueKeysWithValues: exact.map { ($0.id.rawValue, $0.score) })
        for line in lines { #expect(scores[line.id] ?? line.score == line.score) }
        return Double(lines.count { $0.score >= last }) / Double(exact.count)
    }

    @Test(arguments: ["", "&offset=10", "&imageWeight=0.3", "&imageWeight=1", "&gender=Men", "&gender=Women&offset=5"])
    func `find what an exact search does, but for a few of a hundred`(parameters: String) async throws {
        try await withLargeShop { shop, recommender in
            let pairs = parameters.split(separator: "&").map { $0.split(separator: "=").map(String.init) }
            func value(_ name: String) -> String? { pairs.first { $0[0] == name }?[1] }
            let weighting = try value("imageWeight").flatMap { Double($0) }.map {
                Weighting(try BlockWeights(image: $0))
            }
            var shares: [Double] = []
            for number in stride(from: 0, to: Self.count, by: 31) {
                let id = ProductID("p\(number)")
                let exact = try await recommender.similar(
                    to: id,
                    offset: value("offset").flatMap { Int($0) } ?? 0,
                    weighting: weighting ?? .standard,
                    filter: value("gender").map { .has("gender", anyOf: [$0]) }
                )
                let answer = try await shop.send(.get, "/products/\(id)/similar?count=10\(parameters)")
                shares.append(try share(answer, of: exact))
            }
            #expect(shares.reduce(0, +) / Double(shares.count) >= 0.97)
        }
    }

    @Test func `are exact with a recall of 1`() async throws {
        try await withLargeShop(recall: 1) { shop, recommender in
            for number in [0, 7, 700] {
                let id = ProductID("p\(number)")
                let answer = try await shop.send(.get, "/products/\(id)/similar")
                let ids = try answer.decoded(as: RankingAnswer.self).results.map(\.id)
                #expect(try await recommender.similar(to: id).map(\.id.rawValue) == ids)
            }
        }
    }

    @Test(arguments: [(0.99, true), (1, false)])
    func `walk through the graph unless they are to be exact`(recall: Double, walks: Bool) async throws {
        let lines = Lines()
        let logger = Logger(label: "test") { JSONLogHandler(label: $0, level: .info) { lines.append($0) } }
        try await withLargeShop(recall: recall, logger: logger) { _, _ in
            #expect(
                lines.all.contains { $0.contains("Searches are approximate.") && $0.contains("navigating") } == walks
            )
        }
    }
}
