import RecCore
import RecEvaluation
import RecIndex
import RecTesting
import Testing

@Suite struct `What cannot be learned from is refused` {
    private func code(_ body: () throws -> Void) -> RecCoreError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? RecCoreError)?.code
        }
    }

    @Test func `too few queries`() throws {
        let index = try LearningCatalogue(count: 12, kinds: 2, seed: 1).index
        #expect(code { _ = try WeightLearner().learn(from: .sharing("kind"), on: index) } == .fittingFailed)
        #expect(code { _ = try WeightLearner().learn(from: [ImpressionList](), on: index) } == .fittingFailed)
        #expect(code { _ = try WeightLearner().learn(from: .judgements([:]), on: index) } == .fittingFailed)
    }

    @Test func `an attribute that no product has`() throws {
        let index = try LearningCatalogue(count: 30, seed: 1).index
        #expect(code { _ = try WeightLearner().learn(from: .sharing("shape"), on: index) } == .unknownAttribute)
    }

    @Test(arguments: [Double.nan, .infinity, -1])
    func `gains that are no gains`(gain: Double) throws {
        let index = try LearningCatalogue(count: 30, seed: 1).index
        let gains: [ProductID: [ProductID: Double]] = ["p1": ["p2": gain]]
        #expect(code { _ = try WeightLearner().learn(from: .judgements(gains), on: index) } == .invalidQuery)
    }

    @Test func `lists that contradict themselves or the index`() throws {
        let index = try LearningCatalogue(count: 30, seed: 1).index
        func code(_ query: ProductID, _ shown: [ProductID], _ clicked: Set<ProductID>) -> RecCoreError.Code? {
            self.code {
                _ = try WeightLearner().learn(
                    from: [ImpressionList(query: query, shown: shown, clicked: clicked)],
                    on: index
                )
            }
        }
        #expect(code("nobody", ["p1"], []) == .unknownProduct)
        #expect(code("p1", ["p2", "nobody"], []) == .unknownProduct)
        #expect(code("p1", ["p2", "p2"], ["p2"]) == .invalidQuery)
        #expect(code("p1", ["p2"], ["p3"]) == .invalidQuery)
    }

    @Test func `weights to begin with that weigh nothing of the index`() throws {
        let index = try LearningCatalogue(count: 30, seed: 1).index
        let learner = WeightLearner(standard: try BlockWeights(["text": 1]))
        #expect(code { _ = try learner.learn(from: .sharing("kind"), on: index) } == .invalidWeight)
    }

    @Test func `an index with nothing to weigh`() throws {
        let space = EmbeddingSpace(blocks: [.init(name: .image, kind: .dense(dimension: 2, recipe: ["a": "b"]))])
        let index = try IndexBuilder(space: space).build()
        #expect(code { _ = try WeightLearner().learn(from: .judgements([:]), on: index) } == .invalidQuery)
    }
}
