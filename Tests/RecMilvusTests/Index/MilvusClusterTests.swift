#if Milvus
import Foundation
import RecCompute
import RecCore
import RecIndex
import RecMilvus
import RecTesting
import Testing

@Suite("A cluster with two query nodes", .serialized, .enabled(if: MilvusCluster.isWanted))
struct MilvusClusterTests {
    private static let supervisor = Duration.seconds(20)
    private static let patience = Duration.seconds(240)

    private let catalogue = RandomCatalogue(count: 4000, dimension: 32, seed: 81)

    @Test(.timeLimit(.minutes(10)), arguments: MilvusCluster.Part.allCases)
    func `with two replicas, a killed process makes no answer wrong and loses nothing`(
        part: MilvusCluster.Part
    ) async throws {
        let report = try await run(replicas: 2, killing: part)
        #expect(report.wrong == 0, "\(report.summary)")
    }

    @Test(.timeLimit(.minutes(10)))
    func `with one replica, a killed query node loses nothing in the end`() async throws {
        let report = try await run(replicas: 1, killing: .queryNode)
        #expect(report.isRight(for: .seconds(10)), "\(report.summary)")
    }

    /// Searches and changes a collection while a process is killed, until answers are right again.
    private func run(replicas: Int, killing part: MilvusCluster.Part) async throws -> KillReport {
        let cluster = try await MilvusCluster.shared.value
        try cluster.restart()
        let client = try cluster.server.client { $0.deadline = .seconds(15) }
        let writer = Writer(embedding: catalogue.products[0].embedding)
        // Loading, checking and removing have no answers to measure, so they have more time.
        let prepared = try await collection(writer, replicas, try cluster.server.client())
        let index = try await MilvusIndex.open(collection: prepared.collectionName, in: client, replicas: replicas)
        let first = try #require(writer.products(0).first)
        let local = try await localIndex(catalogue.space, catalogue.products + [first])
        let queries = catalogue.queries.map { SearchQuery($0, count: 50, filter: .not(.has("batch", "writer"))) }
        let expected = try queries.map { try local.neighbors($0) }
        let report = KillReport()
        // Searches of their own index: a search that must see a change just made waits for it.
        let reader = try await MilvusIndex.open(collection: index.collectionName, in: client, replicas: replicas)
        async let searches: Void = search(reader, queries, expected, report, while: { !report.isOver })
        async let changes: Void = writer.run(index, while: { !report.isOver })
        try await Task.sleep(for: .seconds(3))
        try cluster.kill(part)
        report.kill()
        try await Task.sleep(for: Self.supervisor)
        try cluster.restart()
        let end = ContinuousClock.now + Self.patience
        try await Task.sleep(for: .seconds(20))
        while !report.isRight(for: .seconds(20)), .now < end { try await Task.sleep(for: .seconds(1)) }
        report.end()
        _ = try await (searches, changes)
        print("replicas \(replicas), killed \(part.rawValue): \(report.summary); \(writer.summary)")
        try await check(prepared, writer)
        try await MilvusIndex.drop(collection: prepared.collectionName, in: cluster.server.client())
        return report
    }

    /// The products in segments of the store, and some that are only in the log.
    private func collection(_ writer: Writer, _ replicas: Int, _ client: MilvusClient) async throws -> MilvusIndex {
        let name = MilvusServer.name()
        let index = try await MilvusIndex.create(
            collection: name,
            space: catalogue.space,
            in: client,
            shards: 2,
            replicas: replicas
        )
        for start in stride(from: 0, to: 4000, by: 900) {
            try await index.upsert(Array(catalogue.products[start..<min(start + 900, 4000)]))
            if start < 3600 { try await index.prepareSearches(progress: nil) }
        }
        try await index.upsert(writer.products(0))
        return index
    }

    private func search(
        _ index: MilvusIndex,
        _ queries: [SearchQuery],
        _ expected: [[Neighbor]],
        _ report: KillReport,
        while isWanted: @Sendable () -> Bool
    ) async throws {
        var position = 0
        while isWanted() {
            let start = ContinuousClock.now
            do {
                let answer = try await index.search([queries[position]])
                report.add(since: start, isRight: answer == [expected[position]])
            } catch let error as RecError {
                report.add(since: start, isRight: false, fault: error.code.name)
            }
            position = (position + 1) % queries.count
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Checks that everything that was acknowledged is there.
    private func check(_ index: MilvusIndex, _ writer: Writer) async throws {
        var strong = index
        strong.consistency = .strong
        let (present, absent) = writer.acknowledged
        let found = try await strong.products(present, ProductContents(product: true))
        #expect(found.allSatisfy { $0 != nil })
        #expect(try await strong.products(absent, ProductContents(product: true)).allSatisfy { $0 == nil })
        let ids = catalogue.products.map(\.product.id)
        let kept = try await strong.products(ids, ProductContents(product: true))
        #expect(zip(kept, catalogue.products).allSatisfy { $0?.product == $1.product })
    }
}

/// Adds products and removes some, and keeps what was acknowledged.
private final class Writer: Sendable {
    private struct State {
        var present: [ProductID] = []
        var absent: [ProductID] = []
        var faults: [String] = []
    }

    private let embedding: Embedding
    private let state = LockedValue(State())

    init(embedding: Embedding) { self.embedding = embedding }

    var acknowledged: (present: [ProductID], absent: [ProductID]) { state.withLock { ($0.present, $0.absent) } }

    var summary: String {
        state.withLock { state in
            "\(state.present.count) products written, \(state.absent.count) removed, \(state.faults.count) errors of "
                + "writers (\(Set(state.faults).sorted().joined(separator: ", ")))"
        }
    }

    /// Four products of a round.
    func products(_ round: Int) -> [EmbeddedProduct] {
        (0..<4).map { number in
            let product = Product(id: ProductID("w\(round)-\(number)"), attributes: ["batch": ["writer"]])
            return EmbeddedProduct(product: product, embedding: embedding)
        }
    }

    func run(_ index: MilvusIndex, while isWanted: @Sendable () -> Bool) async throws {
        var round = 1
        while isWanted() {
            let ids = products(round).map(\.product.id)
            do {
                try await index.upsert(products(round))
                state.withLock { $0.present += ids[1...] }
                // What a failed removal did is not known.
                try await index.change(upserting: [], removing: [ids[0]])
                state.withLock { $0.absent.append(ids[0]) }
            } catch let error as RecError {
                state.withLock { $0.faults.append(error.code.name) }
            }
            round += 1
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}
#endif
