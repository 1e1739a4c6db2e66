import RecFiles
import Testing

@Suite struct `Number encodings` {
    private func little<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
        (0..<Integer.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    @Test func `each of the 65,536 half-precision numbers is widened as the processor does`() {
        let bytes = (0...UInt16.max).flatMap { little($0) }
        let values = NumberEncoding.float16.floats(in: bytes)
        #expect(values.count == 65_536)
        for (pattern, value) in zip(0...UInt16.max, values) {
            let expected = Float(Float16(bitPattern: pattern))
            #expect(value.bitPattern == expected.bitPattern || value.isNaN && expected.isNaN, "\(pattern)")
        }
    }

    @Test func `bfloat16 is the upper half of a single`() {
        let values = NumberEncoding.bfloat16.floats(in: [0x80, 0x3F, 0x80, 0xFF, 0x01, 0x00])
        #expect(values == [1, -.infinity, Float(bitPattern: 0x0001_0000)])
    }

    @Test func `doubles are rounded to the nearest, ties to even`() {
        let doubles: [Double] = [1 / 3, 16_777_217, 16_777_219, 1e-60, 1e60, -0.0]
        let values = NumberEncoding.float64.floats(in: doubles.flatMap { little($0.bitPattern) })
        #expect(values == [Float(1.0 / 3), 16_777_216, 16_777_220, 0, .infinity, 0])
        #expect(values[5].sign == .minus)
    }

    @Test func `integers keep their sign`() {
        #expect(NumberEncoding.int8.floats(in: [0x80, 0x7F]) == [-128, 127])
        #expect(NumberEncoding.uint8.floats(in: [0x80, 0x7F]) == [128, 127])
        #expect(NumberEncoding.int16.integers(in: little(Int16.min)) == [-32768])
        #expect(NumberEncoding.int64.integers(in: little(Int64.min)) == [.min])
        #expect(NumberEncoding.bool.integers(in: [0, 1, 7]) == [0, 1, 1])
        #expect(NumberEncoding.float32.integers(in: [0, 0, 0, 0]) == nil)
    }

    @Test func `no bytes are no numbers`() {
        for encoding in NumberEncoding.allCases { #expect(encoding.floats(in: []) == []) }
    }
}
