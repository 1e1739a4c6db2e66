import RecMath
import Testing

@Suite struct `Hadamard's transform` {
    @Test(arguments: [1, 2, 4, 64])
    func `is the product with Sylvester's matrix`(count: Int) {
        var random = SplitMix64(seed: 1)
        let values = (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
        var transformed = values
        HadamardTransform.apply(to: &transformed)
        for row in 0..<count {
            let expected = (0..<count).reduce(0.0) { sum, column in
                sum + ((row & column).nonzeroBitCount.isMultiple(of: 2) ? values[column] : -values[column])
            }
            #expect(abs(transformed[row] - expected) < 1e-14 * Double(count))
        }
        HadamardTransform.apply(to: &transformed)
        for (value, twice) in zip(values, transformed) { #expect(abs(twice - Double(count) * value) < 1e-12) }
    }
}
