import RecFiles
import Testing

/// Messages of Protocol Buffers, whose rules are those of its specification.
@Suite struct ProtobufTests {
    private func fields(_ bytes: [UInt8]) throws -> [ProtobufField] {
        try bytes.withBytes { span in
            var fields: [ProtobufField] = []
            try span.forEachField(in: 0..<bytes.count) { fields.append($0) }
            return fields
        }
    }

    @Test func `a field of each kind is read`() throws {
        let bytes: [UInt8] =
            [0x08, 0x96, 0x01] + [0x11, 1, 0, 0, 0, 0, 0, 0, 0] + [0x1A, 2, 0x68, 0x69] + [0x25, 0, 0, 0x80, 0x3F]
        let found = try fields(bytes)
        #expect(found.map(\.number) == [1, 2, 3, 4])
        #expect(found.map(\.value) == [.varint(150), .fixed64(1), .bytes(14..<16), .fixed32(0x3F80_0000)])
        try bytes.withBytes { span in
            #expect(try found[2].text(in: span) == "hi")
            var floats: [Float] = []
            try found[3].append(to: &floats, in: span)
            #expect(floats == [1])
        }
    }

    @Test(
        arguments: [
            [0x08], [0x08, 0x80], [0x1A, 5, 1], [0x11, 1, 2], [0x25, 1], [0x00, 1], [0x0B], [0x0C], [0x0E, 1],
            [0x1A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1],
            [0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2],
            [0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0],
            [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1],
        ] as [[UInt8]]
    )
    func `damage is an error`(bytes: [UInt8]) {
        #expect(throws: ProtobufDamage.self) { try fields(bytes) }
    }

    @Test func `the greatest and the least integer keep their value`() throws {
        for number in [Int64.max, .min, -1, 1, 127, 128] {
            var writer = ProtobufWriter()
            writer.write(536_870_911, number)
            let field = try #require(try fields(writer.bytes).first)
            #expect(try field.integer == number && field.number == 536_870_911)
        }
    }

    @Test func `packed numbers and single ones are one list`() throws {
        var writer = ProtobufWriter()
        writer.write(1, packed: [1, 300, -1] as [Int64])
        writer.write(1, Int64(7))
        writer.write(2, packed: [0.5, -2] as [Float])
        try writer.bytes.withBytes { span in
            var (integers, floats): ([Int64], [Float]) = ([], [])
            try span.forEachField(in: 0..<span.byteCount) { field in
                if field.number == 1 { try field.append(to: &integers, in: span) }
                if field.number == 2 { try field.append(to: &floats, in: span) }
            }
            #expect(integers == [1, 300, -1, 7] && floats == [0.5, -2])
        }
    }

    @Test func `values of another type than expected are errors`() throws {
        var writer = ProtobufWriter()
        writer.write(1, Int64(7))
        writer.write(2, [0xFF, 0xFE])
        writer.write(3, [1, 2, 3])
        let bytes = writer.bytes
        let found = try fields(bytes)
        bytes.withBytes { span in
            #expect(throws: ProtobufDamage.self) { try found[0].range }
            #expect(throws: ProtobufDamage.self) { try found[1].integer }
            #expect(throws: ProtobufDamage.self) { try found[1].text(in: span) }
            #expect(throws: ProtobufDamage.self) {
                var floats: [Float] = []
                try found[2].append(to: &floats, in: span)
            }
        }
    }
}
