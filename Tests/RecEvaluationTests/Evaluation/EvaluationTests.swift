import Foundation
import RecCompute
import RecCore
import RecEvaluation
import RecIndex
import RecTesting
import Testing

@Suite struct Evaluations {
    /// Four shirts and shoes around the circle, a hat alone, and a product without a kind.
    private func smallIndex() throws -> Index {
        try EvaluationFixtures.index([
            ("a", 0, ["kind": "Shirt", "colour": "Blue"]),
            ("b", 10, ["kind": "Shirt", "colour": "Red"]),
            ("c", 30, ["kind": "Shoe", "colour": "Blue"]),
            ("d", 60, ["kind": "Shoe", "colour": "Red"]),
            ("e", 100, ["kind": "Hat", "colour": "Red"]),
            ("f", 150, ["colour": "Blue"]),
        ])
    }

    @Test func `by hand, with two neighbours each`() async throws {
        // Neighbours by angle: a: b c, b: a c, c: b a, d: c e, e: d f, f: e d.
        let report = try await Evaluation(.sharing("kind"), count: 2)
            .run(on: smallIndex(), weighting: Weighting(.imageOnly))
        #expect(report.queries == ["a", "b", "c", "d"])
        #expect(report.askedCount == 6)
        #expect(report.withoutRelevant == 1, "the hat")
        #expect(report.withoutJudgement == 1, "the product without a kind")
        #expect(report[.precision] == [0.5, 0.5, 0, 0.5])
        #expect(report[.recall] == [1, 1, 0, 1])
        #expect(report[.ndcg] == [1, 1, 0, 1])
        #expect(report[.averagePrecision] == [1, 1, 0, 1])
        #expect(report[.reciprocalRank] == [1, 1, 0, 1])
        #expect(report.mean(.precision) == 0.375)
        #expect(report.exposure.products == ["a", "b", "c", "d", "e", "f"])
        #expect(report.exposure.counts == [2, 2, 3, 2, 2, 1])
        // The pairs of the six answers are 20, 30, 10, 70, 90 and 40 degrees apart.
        let angles: [Double] = [20, 30, 10, 70, 90, 40]
        #expect(report.diversities.count == 6)
        for (diversity, angle) in zip(report.diversities, angles) {
            #expect(abs(diversity - (1 - cos(angle / 180 * Double.pi))) < 1e-6)
        }
    }

    @Test func `graded judgements are the relevance, for the products they are about`() async throws {
        let table: [ProductID: [ProductID: Double]] = [
            "a": ["c": 3, "b": 1, "a": 9, "gone": 9, "f": 0],
            "d": [:],
            "gone": ["a": 1],
        ]
        let report = try await Evaluation(.judgements(table), count: 2)
            .run(on: smallIndex(), weighting: Weighting(.imageOnly))
        #expect(report.queries == ["a"])
        #expect(report.withoutRelevant == 1)
        #expect(report.withoutJudgement == 4)
        #expect(report[.precision] == [1])
        let discount: Double = log2(3)
        let expected = (1 + 3 / discount) / (3 + 1 / discount)
        #expect(abs(report[.ndcg][0] - expected) < 1e-12)
        await #expect(throws: RecError.self) {
            try await Evaluation(.judgements(["a": ["b": -1]])).run(on: smallIndex())
        }
    }

    @Test(arguments: ["kind", "tags"], [1, 3])
    func `all figures are those of their definitions`(attribute: String, threads: Int) async throws {
        let catalogue = RandomCatalogue(count: 400, clusters: 9, seed: 3)
        var random = SeededGenerator(seed: 4)
        var builder = IndexBuilder(space: catalogue.space)
        for item in catalogue.products {
            var product = item.product
            let kinds = ["x", "y", "z", "u", "v", "w"].shuffled(using: &random)
            product.attributes["kind"] = AttributeValues(kinds.prefix(Int.random(in: 0...2, using: &random)))
            try builder.add(product, item.embedding)
        }
        let index = try await builder.build()
        let weighting = Weighting(try BlockWeights(image: attribute == "tags" ? 1 : 0.6))
        let steps = LockedValue<[Int]>([])
        let report = try await Evaluation(.sharing(attribute), count: 7)
            .run(on: index, weighting: weighting, threads: threads) { progress in
                steps.withLock { $0.append(progress.done) }
                #expect(progress.total == 400)
            }
        #expect(steps.withLock { $0.last } == 400)

        let reference = try DirectEvaluation(of: index, by: attribute, count: 7, weighting: weighting)
        #expect(report.queries == reference.queries)
        #expect(report.withoutJudgement == reference.withoutJudgement)
        #expect(report.exposure.counts == reference.counts)
        for metric in RankingMetric.allCases {
            let expected = try #require(reference.values[metric])
            #expect(report[metric].count == expected.count)
            #expect(zip(report[metric], expected).allSatisfy { abs($0 - $1) < 1e-12 }, "\(metric)")
        }
        #expect(report.diversities.count == reference.diversities.count)
        #expect(zip(report.diversities, reference.diversities).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func `a sample asks that many products, the same ones for the same seed`() async throws {
        let index = try EvaluationFixtures.index(of: RandomCatalogue(count: 300, seed: 1))
        let whole = try await Evaluation(.sharing("share")).run(on: index)
        func sample(_ count: Int, seed: UInt64) async throws -> EvaluationReport {
            try await Evaluation(.sharing("share"), sample: count, seed: seed).run(on: index)
        }
        let first = try await sample(50, seed: 1)
        #expect(first.askedCount == 50 && first.queries.count == 50)
        #expect(first.exposure.counts.reduce(0, +) <= 500)
        #expect(Set(first.queries).isSubset(of: whole.queries))
        #expect(try await sample(50, seed: 1).queries == first.queries)
        #expect(try await sample(50, seed: 2).queries != first.queries)
        #expect(try await sample(1000, seed: 2).queries == whole.queries)
    }

    @Test func `each product is drawn about as often as any other`() async throws {
        let index = try EvaluationFixtures.index(of: RandomCatalogue(count: 40, seed: 1))
        var drawn: [ProductID: Int] = [:]
        for seed in 0..<120 {
            let report = try await Evaluation(.sharing("share"), count: 1, sample: 10, seed: UInt64(seed)).run(
                on: index
            )
            for id in report.queries { drawn[id, default: 0] += 1 }
        }
        // Thirty times each, with a standard deviation of 4.7.
        #expect(drawn.count == 40 && drawn.values.reduce(0, +) == 1200)
        #expect(drawn.values.allSatisfy { (10...50).contains($0) })
    }

    @Test func `a product without the block that is compared has an empty answer, which counts`() async throws {
        let index = try EvaluationFixtures.index([
            ("a", 0, ["kind": "Shirt"]), ("b", nil, ["kind": "Shirt", "colour": "Red"]), ("c", 5, ["kind": "Shirt"]),
        ])
        let report = try await Evaluation(.sharing("kind"), count: 1)
            .run(on: index, weighting: Weighting(.imageOnly))
        #expect(report[.precision] == [1, 0, 1])
        #expect(report[.recall] == [0.5, 0, 0.5])
        #expect(report.diversity == nil, "answers of one product have no pairs")
    }

    @Test func `an attribute that no product has is reported`() async throws {
        let error = await #expect(throws: RecError.self) {
            try await Evaluation(.sharing("fabric")).run(on: smallIndex())
        }
        #expect(error?.code == .unknownAttribute)
        #expect(error?.message.contains("'fabric'") == true)
    }

    @Test func `nothing relevant at all gives no means`() async throws {
        let index = try EvaluationFixtures.index([("a", 0, ["kind": "Shirt"]), ("b", 1, ["kind": "Hat"])])
        let report = try await Evaluation(.sharing("kind")).run(on: index)
        #expect(report.queries.isEmpty && report.withoutRelevant == 2)
        #expect(report.mean(.precision) == nil)
    }

    @Test func `it stops when its task is cancelled`() async throws {
        let index = try EvaluationFixtures.index(of: RandomCatalogue(count: 500, seed: 1))
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await Evaluation(.sharing("share")).run(on: index, threads: 2)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
