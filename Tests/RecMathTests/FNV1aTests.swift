import RecMath
import Testing

@Suite struct `FNV-1a` {
    @Test(
        arguments: [
            ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8),
        ] as [(String, UInt64)]
    )
    func `gives the values that its authors published`(text: String, value: UInt64) {
        var hash = FNV1a()
        hash.add(text.utf8)
        #expect(hash.value == value)
    }

    @Test func `takes numbers as their bytes, the lowest first`() {
        var one = FNV1a()
        one.add([1.5, -2] as [Float])
        var other = FNV1a()
        other.add([0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0] as [UInt8])
        #expect(one.value == other.value)
    }
}
