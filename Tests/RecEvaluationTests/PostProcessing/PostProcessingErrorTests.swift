import RecCore
import RecEvaluation
import RecTesting
import Testing

@Suite struct `What cannot be post-processed is refused` {
    private func code(_ body: () throws -> Void) -> RecError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? RecError)?.code
        }
    }

    @Test func `an empty sample`() {
        #expect(code { _ = try PostProcessing(projection: .centring).fit(to: []) } == .fittingFailed)
    }

    @Test func `vectors of several recipes or dimensions`() throws {
        let some = try randomVectors(5, dimension: 4, seed: 1)
        let foreign = try randomVectors(5, dimension: 4, seed: 1, recipe: ["backbone": "other"])
        let longer = try randomVectors(5, dimension: 5, seed: 1)
        #expect(code { _ = try PostProcessing(projection: .centring).fit(to: some + foreign) } == .recipeMismatch)
        #expect(code { _ = try PostProcessing(projection: .centring).fit(to: some + longer) } == .dimensionMismatch)
        let transform = try PostProcessing(projection: .centring).fit(to: some)
        #expect(code { _ = try transform.apply(to: foreign[0]) } == .recipeMismatch)
        #expect(code { _ = try transform.apply(to: longer[0]) } == .dimensionMismatch)
        // Neither is a vector that went through the steps already.
        #expect(code { _ = try transform.apply(to: transform.apply(to: some[0])) } == .recipeMismatch)
    }

    @Test func `more components than the sample has`() throws {
        let few = try randomVectors(6, dimension: 20, seed: 2)
        let alike = [DenseVector](repeating: few[0], count: 9)
        let six = PostProcessing(projection: .principalComponents(dimension: 6))
        #expect(code { _ = try six.fit(to: few) } == .fittingFailed, "six points span five directions")
        #expect(try PostProcessing(projection: .principalComponents()).fit(to: few).outputDimension == 5)
        #expect(code { _ = try PostProcessing(projection: .principalComponents()).fit(to: alike) } == .fittingFailed)
        let many = PostProcessing(projection: .principalComponents(dimension: 21))
        #expect(code { _ = try many.fit(to: few) } == .fittingFailed)
    }

    @Test func `discriminants without two groups of two`() throws {
        let some = try randomVectors(6, dimension: 3, seed: 3)
        let plan = PostProcessing(projection: .discriminants())
        #expect(code { _ = try plan.fit(to: some) } == .fittingFailed)
        #expect(code { _ = try plan.fit(to: some, groups: ["a", "a", "b", nil, nil, "c"]) } == .fittingFailed)
        let two = PostProcessing(projection: .discriminants(dimension: 2))
        #expect(code { _ = try two.fit(to: some, groups: ["a", "a", "b", "b", nil, "c"]) } == .fittingFailed)
    }

    @Test func `the mean of the sample, of which nothing is left`() throws {
        let left = try DenseVector(normalizing: [1, 2], recipe: ["backbone": "x"])
        let transform = try PostProcessing(projection: .centring).fit(to: [left])
        #expect(code { _ = try transform.apply(to: left) } == .invalidVector)
    }
}
