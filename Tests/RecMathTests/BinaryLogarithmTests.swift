import Foundation
import RecMath
import Testing

@Suite struct `Logarithms to base 2` {
    @Test func `are those of the mathematics library`() {
        for number in 1...5000 {
            let expected: Double = log2(Double(number))
            #expect(abs(BinaryLogarithm.of(Double(number)) - expected) <= 2 * expected.ulp)
        }
        for number in [1e-300, 0.1, 0.999_999, 1.000_001, 3.7e200] {
            let expected: Double = log2(number)
            #expect(abs(BinaryLogarithm.of(number) - expected) <= 4e-16 * abs(expected))
        }
    }
}
