import RecCompute
import RecCore
import RecEvaluation
import RecIndex
import RecTesting
import Testing

@Suite struct `Comparing systems` {
    /// Pictures that tell kinds apart fairly well, and a colour that helps a little.
    private func index() throws -> Index {
        var random = SeededGenerator(seed: 11)
        return try EvaluationFixtures.index(
            (0..<120).map { number in
                let isShirt = number.isMultiple(of: 2)
                let isBlue = Double.random(in: 0..<1, using: &random) < (isShirt ? 0.8 : 0.3)
                return (
                    ProductID("\(1000 + number)"), Double.random(in: 0..<60, using: &random) + (isShirt ? 0 : 40),
                    ["kind": isShirt ? "Shirt" : "Shoe", "colour": isBlue ? "Blue" : "Red"]
                )
            }
        )
    }

    @Test func `each system has its report, its intervals and what the last one gains over it`() async throws {
        let index = try index()
        let evaluation = Evaluation(.sharing("kind"), count: 5)
        let last = LockedValue((0, 0))
        let bootstrap = Bootstrap(resamples: 200, seed: 3)
        let comparison = try await evaluation.compare(
            Evaluation.System.blocksAndFused(of: index.space, Weighting(BlockWeights(image: 0.7))),
            on: index,
            bootstrap: bootstrap,
            threads: 2
        ) { progress in
            last.withLock { $0 = (progress.done, progress.total ?? 0) }
        }
        #expect(last.withLock { $0 == (360, 360) })
        #expect(comparison.rows.map(\.name) == ["image", "metadata", "fused"])
        let weights = [1, 0, 0.7]
        for (row, weight) in zip(comparison.rows, weights) {
            let alone = try await evaluation.run(on: index, weighting: Weighting(BlockWeights(image: weight)))
            for metric in RankingMetric.allCases {
                #expect(row.report[metric] == alone[metric])
                #expect(row.estimates[metric] == (try await bootstrap.estimate(of: alone[metric])))
            }
        }
        let fused = comparison.rows[2]
        #expect(fused.gains.isEmpty)
        for row in comparison.rows.dropLast() {
            for metric in RankingMetric.allCases {
                let expected = try bootstrap.estimate(ofDifference: fused.report[metric], row.report[metric])
                #expect(row.gains[metric] == expected)
            }
        }
    }

    @Test func `the result does not depend on the number of threads`() async throws {
        let index = try EvaluationFixtures.index(of: RandomCatalogue(count: 700, seed: 5))
        let systems = Evaluation.System.blocksAndFused(of: index.space)
        let evaluation = Evaluation(.sharing("share"), count: 4)
        let one = try await evaluation.compare(systems, on: index, bootstrap: Bootstrap(resamples: 50))
        let three = try await evaluation.compare(systems, on: index, bootstrap: Bootstrap(resamples: 50), threads: 3)
        for (first, second) in zip(one.rows, three.rows) {
            #expect(first.estimates == second.estimates && first.gains == second.gains)
            #expect(first.report.diversities == second.report.diversities)
            #expect(first.report.exposure == second.report.exposure)
        }
    }

    @Test func `it reads as a table`() async throws {
        let index = try EvaluationFixtures.index([
            ("a", 0, ["kind": "Shirt", "colour": "Blue"]), ("b", 0, ["kind": "Shirt", "colour": "Blue"]),
            ("c", 90, ["kind": "Shoe", "colour": "Red"]), ("d", 90, ["kind": "Shoe", "colour": "Red"]),
        ])
        let comparison = try await Evaluation(.sharing("kind"), count: 1)
            .compare(Evaluation.System.blocksAndFused(of: index.space), on: index)
        let expected = """
                                image                 metadata              fused
            precision@1         1.000 [1.000, 1.000]  1.000 [1.000, 1.000]  1.000 [1.000, 1.000]
            recall@1            1.000 [1.000, 1.000]  1.000 [1.000, 1.000]  1.000 [1.000, 1.000]
            ndcg@1              1.000 [1.000, 1.000]  1.000 [1.000, 1.000]  1.000 [1.000, 1.000]
            map@1               1.000 [1.000, 1.000]  1.000 [1.000, 1.000]  1.000 [1.000, 1.000]
            mrr@1               1.000 [1.000, 1.000]  1.000 [1.000, 1.000]  1.000 [1.000, 1.000]
            diversity@1         –                     –                     –
            coverage@1          1.000                 1.000                 1.000
            gini@1              0.000                 0.000                 0.000
            hubness@1           –                     –                     –
            anti-hubs@1         0.000                 0.000                 0.000
            greatest hub        1 x a                 1 x a                 1 x a

            gain of fused over  image                 metadata
            precision@1         0.000 [0.000, 0.000]  0.000 [0.000, 0.000]
            recall@1            0.000 [0.000, 0.000]  0.000 [0.000, 0.000]
            ndcg@1              0.000 [0.000, 0.000]  0.000 [0.000, 0.000]
            map@1               0.000 [0.000, 0.000]  0.000 [0.000, 0.000]
            mrr@1               0.000 [0.000, 0.000]  0.000 [0.000, 0.000]
            """
        #expect(comparison.description == expected)
    }

    @Test func `reports of different indexes are compared when they are about the same queries`() async throws {
        let first = try await Evaluation(.sharing("kind")).run(on: index())
        let other = try EvaluationFixtures.index(
            index().ids.map { id in (id, 3, try index().product(id)?.attributes ?? [:]) }
        )
        let second = try await Evaluation(.sharing("kind")).run(on: other)
        let comparison = try await EvaluationComparison([("flat", second), ("good", first)])
        #expect(comparison.rows[0].gains[.precision]?.lower ?? -1 > 0)
        let error = try await #require(throws: RecError.self) {
            let fewer = try await Evaluation(.sharing("kind"), sample: 60).run(on: index())
            _ = try await EvaluationComparison([("fewer", fewer), ("all", first)])
        }
        #expect(error.code == .invalidQuery && error.message.contains("'fewer'"))
    }

    @Test func `a space of one block has one system`() {
        let space = EmbeddingSpace(blocks: [.init(name: .image, kind: .dense(dimension: 2, recipe: [:]))])
        #expect(Evaluation.System.blocksAndFused(of: space).map(\.name) == ["fused"])
    }

    @Test func `without queries there are no intervals, and the table says so`() async throws {
        let index = try EvaluationFixtures.index([("a", 0, ["kind": "Shirt"]), ("b", 1, ["kind": "Hat"])])
        let comparison = try await Evaluation(.sharing("kind"))
            .compare(Evaluation.System.blocksAndFused(of: index.space), on: index)
        #expect(comparison.rows.allSatisfy { $0.estimates.isEmpty && $0.gains.isEmpty })
        #expect(comparison.description.contains("precision@10"))
    }
}
