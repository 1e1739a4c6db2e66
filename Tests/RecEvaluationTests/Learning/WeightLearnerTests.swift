import RecCore
import RecEvaluation
import RecIndex
import RecTesting
import Testing

@Suite struct `Learning weights` {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `finds the attribute that tells and leaves out the one that does not`(seed: UInt64) async throws {
        let catalogue = try LearningCatalogue(seed: seed)
        let report = try await WeightLearner(sample: 160).learn(from: .sharing("kind"), on: catalogue.index)
        #expect(report.verdict == .improved)
        #expect(report.recommended == report.learned)
        let telling = try #require(report.learned.attributes["telling"])
        let noise = try #require(report.learned.attributes["noise"])
        #expect(telling > 3 * noise)
        #expect(abs(telling + noise - 2) < 1e-9, "equal weights are 1 each")
        #expect(report.learned.blocks[.metadata] > 0.25, "the attribute tells more than the picture")
        #expect(report.fitCount == 80 && report.heldOutCount == 80 && report.count == 10)
        #expect(report.learnedQuality.ndcg.mean > report.equalQuality.ndcg.mean + 0.1)
        #expect(abs(report.gain.mean - report.learnedQuality.ndcg.mean + report.equalQuality.ndcg.mean) < 1e-9)
    }

    @Test func `says that it does not help where there is nothing to learn`() async throws {
        var improved = 0
        for seed in 0..<10 as Range<UInt64> {
            let catalogue = try LearningCatalogue(count: 150, tells: false, imageNoise: 100, seed: seed)
            let report = try await WeightLearner(sample: 100, bootstrap: Bootstrap(resamples: 200)).learn(
                from: .sharing("kind"),
                on: catalogue.index
            )
            if report.verdict == .improved {
                improved += 1
            } else {
                #expect(report.recommended == report.equal)
            }
        }
        // One of 40 is above the interval by chance.
        #expect(improved <= 1)
    }

    @Test func `the quality of equal weights is what an evaluation of the index finds`() async throws {
        let catalogue = try LearningCatalogue(count: 200, seed: 4)
        // One query is learned from, and all others are judged by.
        let learner = WeightLearner(candidates: 200, fitShare: 0.001)
        let report = try await learner.learn(from: .sharing("kind"), on: catalogue.index)
        #expect(report.fitCount == 1 && report.heldOutCount == 199)
        let direct = try await Evaluation(.sharing("kind"), count: 10).run(on: catalogue.index)
        let ndcg = try #require(direct.mean(.ndcg))
        let precision = try #require(direct.mean(.precision))
        #expect(abs(report.equalQuality.ndcg.mean - ndcg) < 1.0 / 199)
        #expect(abs(report.equalQuality.precision.mean - precision) < 1.0 / 199)
        #expect(report.equal.blocks == .standard)
        #expect(report.equal.attributes == ["telling": 1, "noise": 1])
    }

    @Test func `judgements teach as an attribute does`() async throws {
        let catalogue = try LearningCatalogue(seed: 5)
        var gains: [ProductID: [ProductID: Double]] = [:]
        for (query, kind) in catalogue.kinds {
            for (product, other) in catalogue.kinds where kind == other && product != query {
                gains[query, default: [:]][product] = 1
            }
        }
        let byTable = try await WeightLearner().learn(from: .judgements(gains), on: catalogue.index)
        let byAttribute = try await WeightLearner().learn(from: .sharing("kind"), on: catalogue.index)
        #expect(byTable.learned == byAttribute.learned)
        #expect(byTable.gain == byAttribute.gain)
    }

    @Test func `clicks teach which attribute customers look at`() async throws {
        let catalogue = try LearningCatalogue(seed: 6)
        var random = SeededGenerator(seed: 7)
        let ids = catalogue.index.ids
        let lists = ids.map { query in
            let shown = Array(ids.filter { $0 != query }.shuffled(using: &random).prefix(30))
            let clicked = shown.filter { catalogue.kinds[$0] == catalogue.kinds[query] }
            return ImpressionList(query: query, shown: shown, clicked: Set(clicked))
        }
        let report = try await WeightLearner().learn(from: lists, on: catalogue.index)
        #expect(report.verdict == .improved)
        #expect((report.learned.attributes["telling"] ?? 0) > 3 * (report.learned.attributes["noise"] ?? 1))
    }

    @Test func `the same seed gives the same report and another seed another split`() async throws {
        let catalogue = try LearningCatalogue(count: 100, seed: 8)
        var reports: [WeightLearningReport] = []
        for seed in [0, 0, 1] as [UInt64] {
            let learner = WeightLearner(sample: 60, seed: seed)
            reports.append(try await learner.learn(from: .sharing("kind"), on: catalogue.index))
        }
        #expect(reports[0].learned == reports[1].learned && reports[0].gain == reports[1].gain)
        #expect(reports[0].gain != reports[2].gain)
        #expect(reports[0].description == reports[1].description)
    }

    @Test func `an attribute of the block judges only when it is held out`() async throws {
        let catalogue = try LearningCatalogue(holdsKind: true, seed: 9)
        let error = await #expect(throws: RecError.self) {
            try await WeightLearner().learn(from: .sharing("kind"), on: catalogue.index)
        }
        #expect(error?.code == .leakingJudge)
        let report = try await WeightLearner().learn(from: .sharing("kind"), on: catalogue.index, holdsOutJudge: true)
        #expect(report.learned.attributes["kind"] == 0)
        #expect(report.equal.attributes == ["telling": 1, "noise": 1, "kind": 0])
        #expect((report.learned.attributes["telling"] ?? 0) > 1)
    }

    @Test func `progress is told and never goes back`() async throws {
        let told = Told()
        _ = try await WeightLearner(sample: 40).learn(
            from: .sharing("kind"),
            on: try LearningCatalogue(count: 60, seed: 10).index
        ) { told.add($0) }
        #expect(told.shares.count > 5)
        #expect(zip(told.shares, told.shares.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(told.shares.allSatisfy { (0...1).contains($0) })
    }

    @Test func `a task that was cancelled does not learn`() async throws {
        let index = try LearningCatalogue(count: 60, seed: 11).index
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await WeightLearner().learn(from: .sharing("kind"), on: index)
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
