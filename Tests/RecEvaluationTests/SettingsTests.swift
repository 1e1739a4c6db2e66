import RecCore
import RecEvaluation
import RecTesting
import Testing

@Suite struct `Settings out of their ranges are refused by the call that uses them` {
    private func check(_ body: () async throws -> Void) async {
        let error = await #expect(throws: RecError.self) { try await body() }
        #expect(error?.code == .invalidSetting)
    }

    @Test(arguments: [
        Bootstrap(resamples: 0), Bootstrap(confidence: 0), Bootstrap(confidence: 1), Bootstrap(confidence: .nan),
    ])
    func `of a bootstrap`(bootstrap: Bootstrap) async throws {
        let index = try LearningCatalogue(count: 30, seed: 1).index
        await check { _ = try await bootstrap.estimate(of: [1, 2]) }
        await check { _ = try await bootstrap.estimate(of: []) }
        await check { _ = try await WeightLearner(bootstrap: bootstrap).learn(from: .sharing("kind"), on: index) }
        await check {
            _ = try await Evaluation(.sharing("kind"))
                .compare([Evaluation.System("all", .standard)], on: index, bootstrap: bootstrap)
        }
    }

    @Test(arguments: [
        WeightLearner(count: 0), WeightLearner(count: 1001, candidates: 2000), WeightLearner(count: 10, candidates: 9),
        WeightLearner(sample: 0), WeightLearner(fitShare: 0), WeightLearner(fitShare: 1),
    ])
    func `of a learner`(learner: WeightLearner) async throws {
        let index = try LearningCatalogue(count: 30, seed: 2).index
        await check { _ = try await learner.learn(from: .sharing("kind"), on: index) }
        await check { _ = try await learner.learn(from: [ImpressionList](), on: index) }
    }

    @Test func `of an evaluation`() async throws {
        let index = try LearningCatalogue(count: 30, seed: 3).index
        await check { _ = try await Evaluation(.sharing("kind"), count: 0).run(on: index) }
        await check { _ = try await Evaluation(.sharing("kind"), sample: 0).run(on: index) }
        await check { _ = try await Evaluation(.sharing("kind")).run(on: index, threads: 0) }
        await check { _ = try await Evaluation(.sharing("kind")).compare([], on: index) }
        await check { _ = try await EvaluationComparison([]) }
    }

    @Test func `of a search for near-duplicates`() async throws {
        let index = try LearningCatalogue(count: 30, seed: 4).index
        await check { _ = try await NearDuplicates.find(in: index, neighbors: 0) }
        await check { _ = try await NearDuplicates.find(in: index, limit: 0) }
        await check { _ = try await NearDuplicates.find(in: index, threads: 0) }
    }

    @Test(arguments: [
        PostProcessing(power: 0), PostProcessing(power: 1.1), PostProcessing(power: .nan),
        PostProcessing(projection: .principalComponents(dimension: 0)),
        PostProcessing(projection: .principalComponents(exponent: 0.1)),
        PostProcessing(projection: .principalComponents(exponent: -0.6)),
        PostProcessing(projection: .discriminants(dimension: 0)),
        PostProcessing(projection: .discriminants(shrinkage: 2)),
    ])
    func `of a plan`(plan: PostProcessing) async throws {
        let sample = try randomVectors(20, dimension: 4, seed: 5)
        await check { _ = try await plan.fit(to: sample, groups: sample.indices.map { "\($0 % 2)" }) }
    }

    @Test func `of groups that are not as many as vectors`() async throws {
        let sample = try randomVectors(20, dimension: 4, seed: 6)
        await check { _ = try await PostProcessing(projection: .discriminants()).fit(to: sample, groups: ["a"]) }
    }
}
