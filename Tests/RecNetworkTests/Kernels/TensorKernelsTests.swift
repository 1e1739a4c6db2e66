import RecNetwork
import Testing

@Suite struct TensorKernelsTests {
    @Test(arguments: [0, 1, 2, 7, 8, 15, 16, 17, 63], [Float.nan, -Float.nan, .infinity, -.infinity])
    func `the first value that is not finite is found wherever it is`(_ position: Int, _ bad: Float) {
        var values = [Float](repeating: .greatestFiniteMagnitude, count: 64)
        values[63] = .nan
        values[position] = bad
        #expect(TensorKernels.firstNonFinite(values.span) == position)
    }

    @Test func `the largest, smallest and subnormal values are finite`() {
        let values: [Float] = [0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude]
        #expect(TensorKernels.firstNonFinite(values.span) == nil)
        #expect(TensorKernels.firstNonFinite([Float]().span) == nil)
    }

    @Test(arguments: [(1, 1, 1, 1), (3, 3, 3, 64), (1, 1, 17, 33), (2, 5, 16, 16), (7, 7, 4, 5), (5, 1, 31, 2)])
    func `HWIO becomes OIHW`(_ height: Int, _ width: Int, _ inputs: Int, _ outputs: Int) {
        let values = (0..<height * width * inputs * outputs).map { Float($0) }
        let result = TensorKernels.outputFirst(
            values.span,
            height: height,
            width: width,
            inputs: inputs,
            outputs: outputs
        )
        var expected: [Float] = []
        for o in 0..<outputs {
            for i in 0..<inputs {
                for y in 0..<height {
                    for x in 0..<width { expected.append(values[((y * width + x) * inputs + i) * outputs + o]) }
                }
            }
        }
        #expect(result == expected)
    }

    @Test func `rows are scaled in double precision and rounded once`() {
        // 1/3 rounded to Float first would give 0.33333334 * 3 = 1.0000001 for the third value.
        var values: [Float] = [1, 2, 3, 10, 20, 30]
        TensorKernels.scale(&values, by: [1.0 / 3.0, 0.1])
        #expect(values == [Float(1.0 / 3.0), Float(2.0 / 3.0), 1, 1, 2, 3])
    }
}
