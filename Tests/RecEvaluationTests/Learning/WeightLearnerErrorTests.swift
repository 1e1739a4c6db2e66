import RecCore
import RecEvaluation
import RecIndex
import RecTesting
import Testing

@Suite struct `What cannot be learned from is refused` {
    private func code(_ body: () async throws -> Void) async -> RecError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? RecError)?.code
        }
    }

    @Test func `too few queries`() async throws {
        let index = try LearningCatalogue(count: 12, kinds: 2, seed: 1).index
        #expect(await code { _ = try await WeightLearner().learn(from: .sharing("kind"), on: index) } == .fittingFailed)
        #expect(
            await code { _ = try await WeightLearner().learn(from: [ImpressionList](), on: index) } == .fittingFailed
        )
        #expect(await code { _ = try await WeightLearner().learn(from: .judgements([:]), on: index) } == .fittingFailed)
    }

    @Test func `an attribute that no product has`() async throws {
        let index = try LearningCatalogue(count: 30, seed: 1).index
        #expect(
            await code { _ = try await WeightLearner().learn(from: .sharing("shape"), on: index) } == .unknownAttribute
        )
    }

    @Test(arguments: [Double.nan, .infinity, -1])
    func `gains that are no gains`(gain: Double) async throws {
        let index = try LearningCatalogue(count: 30, seed: 1).index
        let gains: [ProductID: [ProductID: Double]] = ["p1": ["p2": gain]]
        #expect(
            await code { _ = try await WeightLearner().learn(from: .judgements(gains), on: index) } == .invalidQuery
        )
    }

    @Test func `lists that contradict themselves or the index`() async throws {
        let index = try LearningCatalogue(count: 30, seed: 1).index
        func code(_ query: ProductID, _ shown: [ProductID], _ clicked: Set<ProductID>) async -> RecError.Code? {
            await self.code {
                _ = try await WeightLearner().learn(
                    from: [ImpressionList(query: query, shown: shown, clicked: clicked)],
                    on: index
                )
            }
        }
        #expect(await code("nobody", ["p1"], []) == .unknownProduct)
        #expect(await code("p1", ["p2", "nobody"], []) == .unknownProduct)
        #expect(await code("p1", ["p2", "p2"], ["p2"]) == .invalidQuery)
        #expect(await code("p1", ["p2"], ["p3"]) == .invalidQuery)
    }

    @Test func `weights to begin with that weigh nothing of the index`() async throws {
        let index = try LearningCatalogue(count: 30, seed: 1).index
        let learner = WeightLearner(standard: try BlockWeights(["text": 1]))
        #expect(await code { _ = try await learner.learn(from: .sharing("kind"), on: index) } == .invalidWeight)
    }

    @Test func `an index with nothing to weigh`() async throws {
        let space = EmbeddingSpace(blocks: [.init(name: .image, kind: .dense(dimension: 2, recipe: ["a": "b"]))])
        let index = try await IndexBuilder(space: space).build()
        #expect(await code { _ = try await WeightLearner().learn(from: .judgements([:]), on: index) } == .invalidQuery)
    }
}
