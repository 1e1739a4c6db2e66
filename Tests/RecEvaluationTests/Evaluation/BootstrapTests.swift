import RecCore
import RecEvaluation
import RecTesting
import Testing

@Suite struct `Bootstrap intervals` {
    @Test(arguments: try EvaluationFixtures.decode("bootstrap.json", as: [EvaluationFixtures.Resampled].self))
    func `they are those of NumPy for the same random numbers`(golden: EvaluationFixtures.Resampled) throws {
        let bootstrap = Bootstrap(resamples: golden.resamples, confidence: golden.confidence, seed: golden.seed)
        let estimate = try #require(try bootstrap.estimate(of: golden.values))
        #expect(abs(estimate.mean - golden.mean) < 1e-12)
        #expect(abs(estimate.lower - golden.lower) < 1e-12)
        #expect(abs(estimate.upper - golden.upper) < 1e-12)
    }

    /// Values around a mean, nearly normal: sums of twelve uniform numbers have the variance 1.
    private func values(count: Int, around mean: Double, seed: UInt64) -> [Double] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            (0..<12).reduce(mean - 6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
        }
    }

    @Test func `the width is that of the normal approximation`() throws {
        let estimate = try #require(try Bootstrap(resamples: 2000).estimate(of: values(count: 900, around: 3, seed: 1)))
        // 2 * 1.96 * standard deviation / sqrt(900)
        #expect(abs((estimate.upper - estimate.lower) / (2 * 1.96 / 30) - 1) < 0.1)
        #expect(estimate.lower < estimate.mean && estimate.mean < estimate.upper)
    }

    @Test func `the true mean lies in as many intervals as promised`() throws {
        let covered = try (0..<200).count { number in
            let bootstrap = Bootstrap(resamples: 200, confidence: 0.8, seed: UInt64(number))
            let estimate = try bootstrap.estimate(of: values(count: 60, around: 0, seed: UInt64(1000 + number)))
            return estimate.map { $0.lower <= 0 && 0 <= $0.upper } ?? false
        }
        // 160 are expected, with a standard deviation of 5.7.
        #expect((135...180).contains(covered))
    }

    @Test func `equal values leave no doubt`() throws {
        let estimate = try #require(try Bootstrap(seed: 5).estimate(of: [Double](repeating: 0.25, count: 40)))
        #expect(estimate == Estimate(mean: 0.25, lower: 0.25, upper: 0.25))
    }

    @Test func `a pair of systems is compared query by query, so that a small steady gain is seen`() throws {
        let first = values(count: 200, around: 0, seed: 2)
        let noise = values(count: 200, around: 0.02, seed: 3)
        let second = zip(first, noise).map { $0 + 0.02 + 0.01 * $1 }
        let bootstrap = Bootstrap()
        let gain = try #require(try bootstrap.estimate(ofDifference: second, first))
        #expect(gain.excludesZero && gain.lower > 0.015 && gain.upper < 0.025)
        let apart = try [first, second].map { try #require(try bootstrap.estimate(of: $0)) }
        #expect(apart[0].upper > apart[1].lower, "the intervals of the two overlap")
        let loss = try #require(try bootstrap.estimate(ofDifference: first, second))
        #expect(loss.upper < 0 && loss.excludesZero)
        #expect(try #require(try bootstrap.estimate(ofDifference: first, first)).excludesZero == false)
    }

    @Test func `several columns at once are the same as one at a time`() throws {
        let columns = [values(count: 50, around: 0, seed: 4), values(count: 50, around: 1, seed: 5)]
        let bootstrap = Bootstrap(resamples: 100, seed: 9)
        let together = try bootstrap.estimates(of: columns)
        #expect(try together == columns.map { try #require(try bootstrap.estimate(of: $0)) })
        #expect(try bootstrap.estimate(of: []) == nil)
        #expect(try bootstrap.estimates(of: [[], []]).isEmpty)
    }

    @Test func `a wider confidence gives a wider interval, and another seed another one`() throws {
        let values = values(count: 50, around: 0, seed: 6)
        let narrow = try #require(try Bootstrap(confidence: 0.5).estimate(of: values))
        let wide = try #require(try Bootstrap(confidence: 0.99).estimate(of: values))
        #expect(wide.lower < narrow.lower && narrow.upper < wide.upper)
        #expect(try Bootstrap(seed: 1).estimate(of: values) != Bootstrap(seed: 2).estimate(of: values))
    }

    @Test func `it stops when its task is cancelled`() async {
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await Bootstrap(resamples: .max).estimate(of: [1, 2])
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `an estimate reads as its mean and interval`() {
        #expect(Estimate(mean: 0.7568, lower: 0.75, upper: 0.7604).description == "0.757 [0.750, 0.760]")
        #expect(Estimate(mean: -0.0004, lower: -1.5, upper: 12).description == "0.000 [-1.500, 12.000]")
    }
}
