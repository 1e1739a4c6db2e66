import RecMath
import Testing

@Suite struct `Numbers with so many decimals` {
    @Test(arguments: [
        (0.0, 2, "0.00"), (0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (-0.004, 2, "0.00"), (0.996, 2, "1.00"),
        (7, 0, "7"),
        (12.05, 3, "12.050"), (2e12, 2, "2000000000000.0"), (123456789012, 1, "123456789012.0"), (.nan, 2, "nan"),
        (-.infinity, 1, "-inf"),
    ])
    func `are rounded and filled up with zeros`(number: Double, digits: Int, text: String) {
        #expect(number.decimals(digits) == text)
    }

    @Test func `may carry a sign`() {
        #expect(0.5.decimals(1, sign: true) == "+0.5")
        #expect((-0.5).decimals(1, sign: true) == "-0.5")
        #expect(0.0.decimals(1, sign: true) == "0.0")
    }
}
