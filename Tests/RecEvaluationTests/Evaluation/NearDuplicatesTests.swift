import Foundation
import RecCore
import RecEvaluation
import RecIndex
import RecTesting
import Testing

@Suite struct `Near-duplicates` {
    private func index(_ angles: [(ProductID, Double?)]) throws -> Index {
        try EvaluationFixtures.index(angles.map { ($0, $1, ["colour": "Blue"]) })
    }

    /// The cosine of two pictures so many degrees apart, and a little less.
    private func threshold(_ degrees: Double) -> Double { cos(degrees / 180 * Double.pi) - 1e-6 }

    @Test func `pairs are named once, the most alike first, and linked into groups`() async throws {
        let index = try index([
            ("a", 0), ("b", 2), ("c", 3), ("d", 40), ("e", 41), ("f", 100), ("g", nil), ("h", 180),
        ])
        let found = try await NearDuplicates.find(in: index, threshold: threshold(2))
        #expect(found.pairs.map { "\($0.first)\($0.second)" } == ["bc", "de", "ab"])
        #expect(found.pairCount == 3)
        #expect(found.groups == [["a", "b", "c"], ["d", "e"]])
        #expect(found.crowdedCount == 0)
        #expect(abs(found.pairs[2].cosine - cos(2 / 180 * Double.pi)) < 1e-6)
    }

    @Test(arguments: [1, 2, 5, 40], [1, 3])
    func `they are all pairs above the threshold, however few neighbours are looked at`(
        neighbors: Int,
        threads: Int
    ) async throws {
        let catalogue = RandomCatalogue(count: 300, dimension: 3, seed: 8)
        let index = try EvaluationFixtures.index(of: catalogue)
        let ids = index.ids
        let weighting = Weighting(try .imageOnly)
        let found = try await NearDuplicates.find(
            in: index,
            threshold: 0.995,
            neighbors: neighbors,
            limit: 5000,
            threads: threads
        )
        var expected: Set<[ProductID]> = []
        for id in ids {
            guard let embedding = try index.embedding(of: id), let image = embedding[.image] else { continue }
            let query = SearchQuery(
                Embedding([.image: image]),
                count: neighbors,
                weighting: weighting,
                excluded: [id],
                minimumScore: 0.995
            )
            for neighbor in try index.neighbors(query) { expected.insert([id, neighbor.id].sorted()) }
        }
        #expect(expected.count > 100)
        #expect(found.pairs.count == found.pairCount)
        #expect(Set(found.pairs.map { [$0.first, $0.second] }) == expected)
        #expect((found.crowdedCount == 0) == (neighbors == 40))
        // Every pair lies within a group, and groups are as many as linking the pairs gives.
        let groupOf = Dictionary(
            uniqueKeysWithValues: found.groups.enumerated().flatMap { number, group in group.map { ($0, number) } }
        )
        #expect(found.pairs.allSatisfy { groupOf[$0.first] == groupOf[$0.second] })
        #expect(Set(found.pairs.flatMap { [$0.first, $0.second] }) == Set(groupOf.keys))
    }

    @Test func `a limit keeps the best pairs and counts the others`() async throws {
        let index = try EvaluationFixtures.index(of: RandomCatalogue(count: 200, dimension: 3, seed: 8))
        let all = try await NearDuplicates.find(in: index, threshold: 0.99, neighbors: 200, limit: 100_000)
        let few = try await NearDuplicates.find(in: index, threshold: 0.99, neighbors: 200, limit: 7)
        #expect(few.pairs == Array(all.pairs.prefix(7)))
        #expect(few.pairCount == all.pairs.count && all.pairs.count > 50)
        #expect(few.groups == all.groups)
    }

    @Test func `copies that outnumber the neighbours looked at make one group`() async throws {
        let index = try index((0..<50).map { (ProductID("\(100 + $0)"), 7) })
        let found = try await NearDuplicates.find(in: index, threshold: 0.999, neighbors: 1)
        #expect(found.groups.map(\.count) == [50])
        #expect(found.crowdedCount == 50)
    }

    @Test func `bad questions are reported`() async throws {
        let index = try index([("a", 0), ("b", 1)])
        let unordered = await #expect(throws: RecError.self) {
            try await NearDuplicates.find(in: index, threshold: .nan)
        }
        #expect(unordered?.code == .invalidQuery)
        let missing = await #expect(throws: RecError.self) {
            try await NearDuplicates.find(in: index, block: "text")
        }
        #expect(missing?.code == .noSharedBlock)
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await NearDuplicates.find(in: index)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
