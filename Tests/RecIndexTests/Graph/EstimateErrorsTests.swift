import RecIndex
import Testing

@Suite("Errors of estimated scores")
struct EstimateErrorsTests {
    @Test("an estimate may be better by the mean error and three deviations of the sample")
    func likelyMost() {
        var errors = EstimateErrors()
        for error in [0.01, 0.03, -0.02, 0.04] { errors.add(error) }
        // Mean 0.015; squared deviations 0.000025, 0.000225, 0.001225 and 0.000625, whose sum over three is 0.0007.
        #expect(abs(errors.likelyMost(0.5) - (0.515 + 3 * 0.0007.squareRoot() + 1e-6)) < 1e-12)
    }

    @Test("nothing is known from one error")
    func few() {
        var errors = EstimateErrors()
        #expect(errors.likelyMost(0.1) == .infinity)
        errors.add(0)
        #expect(errors.likelyMost(0.1) == .infinity)
    }

    @Test("equal products are never less than each other", arguments: [0.1, 0.7, 0.3333333])
    func equal(score: Double) {
        let estimate = Double(Float(score) - 0.01)
        var errors = EstimateErrors()
        for _ in 0..<100 { errors.add(score - estimate) }
        #expect(errors.likelyMost(estimate) >= score)
    }
}
