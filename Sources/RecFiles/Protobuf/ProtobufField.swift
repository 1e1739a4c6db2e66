/// What is wrong with bytes that should be a message of Protocol Buffers.
package struct ProtobufDamage: Error, Hashable {
    /// The fault.
    package let reason: String

    /// Describes a fault.
    package init(_ reason: String) {
        self.reason = reason
    }
}

/// One field of a message, with its value where it lies in the bytes.
package struct ProtobufField: Hashable {
    /// A value in one of the wire formats.
    package enum Value: Hashable {
        /// A number of variable length.
        case varint(UInt64)
        /// Eight bytes.
        case fixed64(UInt64)
        /// Four bytes.
        case fixed32(UInt32)
        /// The place of a text, of bytes, of a message or of packed numbers.
        case bytes(Range<Int>)
    }

    /// The number of the field, from 1 on.
    package let number: Int

    /// Its value.
    package let value: Value
}

extension ProtobufField {
    /// The number of a field that holds an integer, an enumeration or a truth.
    package var integer: Int64 {
        get throws(ProtobufDamage) {
            guard case .varint(let value) = value else { throw mistyped }
            return Int64(bitPattern: value)
        }
    }

    /// The place of a text, of bytes or of a message.
    package var range: Range<Int> {
        get throws(ProtobufDamage) {
            guard case .bytes(let range) = value else { throw mistyped }
            return range
        }
    }

    /// The text of a field.
    package func text(in bytes: RawSpan) throws(ProtobufDamage) -> String {
        guard let text = bytes.extracting(try range).validText else {
            throw ProtobufDamage("Field \(number) is not a text in UTF-8.")
        }
        return text
    }

    /// A copy of the bytes of a field.
    package func array(in bytes: RawSpan) throws(ProtobufDamage) -> [UInt8] {
        bytes.extracting(try range).array
    }

    /// Appends the numbers of a repeated field: one number, or packed ones.
    package func append(to numbers: inout [Int64], in bytes: RawSpan) throws(ProtobufDamage) {
        switch value {
        case .varint(let value): numbers.append(Int64(bitPattern: value))
        case .bytes(let range):
            var reader = ProtobufReader(range)
            while !reader.isAtEnd { numbers.append(Int64(bitPattern: try reader.varint(in: bytes))) }
        default: throw mistyped
        }
    }

    /// Appends the numbers of a repeated field: one number, or packed ones.
    package func append(to numbers: inout [Float], in bytes: RawSpan) throws(ProtobufDamage) {
        switch value {
        case .fixed32(let bits): numbers.append(Float(bitPattern: bits))
        case .bytes(let range):
            guard range.count.isMultiple(of: 4) else {
                throw ProtobufDamage("Field \(number) ends within a number.")
            }
            let packed = bytes.extracting(range).floats
            if numbers.isEmpty { numbers = packed } else { numbers += packed }
        default: throw mistyped
        }
    }

    private var mistyped: ProtobufDamage { ProtobufDamage("Field \(number) has an unexpected wire type.") }
}
