import RecCore
import RecEvaluation
import Testing

@Suite struct `Exposure of products` {
    private func exposure(_ counts: [Int]) -> Exposure {
        Exposure(products: counts.indices.map { ProductID("p\($0)") }, counts: counts)
    }

    @Test(arguments: try EvaluationFixtures.decode("exposure.json", as: [EvaluationFixtures.Exposed].self))
    func `skewness is SciPy's, and Gini half the relative mean difference`(golden: EvaluationFixtures.Exposed) throws {
        let exposure = exposure(golden.counts)
        #expect(abs(try #require(exposure.skewness) - golden.skewness) < 1e-9)
        #expect(abs(try #require(exposure.gini) - golden.gini) < 1e-12)
    }

    @Test(arguments: [1, 2, 7, 100])
    func `Gini is 0 when all are shown alike, and (n - 1) / n when it is always the same`(n: Int) throws {
        #expect(exposure([Int](repeating: 3, count: n)).gini == 0)
        let one = exposure([5] + [Int](repeating: 0, count: n - 1))
        #expect(abs(try #require(one.gini) - Double(n - 1) / Double(n)) < 1e-15)
    }

    @Test func `coverage and anti-hubs share out the catalogue`() {
        let exposure = exposure([4, 0, 1, 0, 0])
        #expect(exposure.coverage == 0.4)
        #expect(exposure.antiHubShare == 0.6)
    }

    @Test func `hubs are named, the most frequent first and ties by identifier`() {
        let hubs = exposure([1, 7, 0, 7, 2]).hubs(count: 10)
        #expect(hubs.map(\.product) == ["p1", "p3", "p4", "p0"])
        #expect(hubs.map(\.count) == [7, 7, 2, 1])
        #expect(exposure([1, 7]).hubs().map(\.product) == ["p1"])
        #expect(exposure([1, 7]).hubs(count: 0).isEmpty)
    }

    @Test func `where nothing is shown or all is alike, there is nothing to say`() {
        #expect(exposure([]).coverage == 0)
        #expect(exposure([]).gini == nil)
        #expect(exposure([]).skewness == nil)
        #expect(exposure([0, 0]).gini == nil)
        #expect(exposure([0, 0]).hubs().isEmpty)
        #expect(exposure([2, 2, 2]).skewness == nil)
    }
}
