/// Reads the fields of a message of Protocol Buffers one after another, without a copy of its bytes.
///
/// The reader holds a place only; each call gets the bytes. Nothing is allocated by what a message announces: a length
/// that reaches past the message is an error. A message within a field is read by a reader of its range, so the depth
/// is that of the code that reads it.
///
/// Groups, which the current language does not have, are refused.
package struct ProtobufReader {
    private var position: Int
    private let end: Int

    /// Starts at the beginning of a message, or of packed numbers, within some bytes.
    package init(_ range: Range<Int>) {
        position = range.lowerBound
        end = range.upperBound
    }

    /// Whether nothing is left.
    package var isAtEnd: Bool { position >= end }

    /// The next field, or `nil` at the end.
    package mutating func next(in bytes: RawSpan) throws(ProtobufDamage) -> ProtobufField? {
        guard !isAtEnd else { return nil }
        let key = try varint(in: bytes)
        guard let number = Int(exactly: key >> 3), (1..<1 << 29).contains(number) else {
            throw ProtobufDamage("A field has no valid number.")
        }
        switch key & 7 {
        case 0: return ProtobufField(number: number, value: .varint(try varint(in: bytes)))
        case 1: return ProtobufField(number: number, value: .fixed64(try fixed(UInt64.self, in: bytes)))
        case 2:
            let length = try varint(in: bytes)
            guard length <= UInt64(end - position) else {
                throw ProtobufDamage("Field \(number) is longer than its message.")
            }
            let range = position..<position + Int(length)
            position = range.upperBound
            return ProtobufField(number: number, value: .bytes(range))
        case 5: return ProtobufField(number: number, value: .fixed32(try fixed(UInt32.self, in: bytes)))
        default: throw ProtobufDamage("Field \(number) has the unsupported wire type \(key & 7).")
        }
    }

    /// The next number of variable length: ten bytes at most, whose last has one bit.
    mutating func varint(in bytes: RawSpan) throws(ProtobufDamage) -> UInt64 {
        var result: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            let byte = UInt64(try fixed(UInt8.self, in: bytes))
            guard shift < 63 || byte <= 1 else { throw ProtobufDamage("A number is too long.") }
            result |= (byte & 0x7F) << shift
            if byte < 0x80 { return result }
        }
        throw ProtobufDamage("A number is too long.")
    }

    private mutating func fixed<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type,
        in bytes: RawSpan
    ) throws(ProtobufDamage) -> Number {
        let size = MemoryLayout<Number>.size
        guard size <= end - position, let number = bytes.littleEndian(type, at: position) else {
            throw ProtobufDamage("A message ends within a number.")
        }
        position += size
        return number
    }
}

extension RawSpan {
    /// Calls a function with each field of the message at a place.
    package func forEachField(
        in range: Range<Int>,
        _ body: (ProtobufField) throws -> Void
    ) throws {
        var reader = ProtobufReader(range)
        while let field = try reader.next(in: self) { try body(field) }
    }
}
