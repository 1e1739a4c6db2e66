import Foundation
import RecMath
import Testing

@Suite struct `Powers` {
    @Test(arguments: [-0.5, -0.3, -0.25, 0, 0.25, 0.3, 0.5, 0.7, 1, 2.5])
    func `are those of the mathematics library`(exponent: Double) {
        for base in [1e-20, 0.001, 0.3, 1, 1.5, 7, 1234.5, 1e11] {
            let expected: Double = pow(base, exponent)
            guard (1e-30...1e30).contains(expected) else { continue }
            #expect(abs(PowerFunction.of(base, exponent) - expected) <= 1e-13 * expected)
        }
        #expect(PowerFunction.of(0, exponent) == 0)
    }

    @Test func `of two reach the ends of the number range`() {
        #expect(PowerFunction.two(toThe: 2000) == .infinity)
        #expect(PowerFunction.two(toThe: -2000) == 0)
        #expect(PowerFunction.two(toThe: 1023) == 0x1p1023)
        #expect(PowerFunction.two(toThe: -1074) == .leastNonzeroMagnitude)
        #expect(PowerFunction.two(toThe: 0) == 1)
    }
}
