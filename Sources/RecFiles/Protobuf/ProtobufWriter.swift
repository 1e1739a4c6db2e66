/// Writes a message of Protocol Buffers, field by field in ascending order of their numbers.
///
/// As the language has it, single fields with the value 0 or without bytes are left out.
package struct ProtobufWriter {
    /// The written bytes.
    package private(set) var bytes: [UInt8] = []

    /// Creates a writer of an empty message.
    package init() {}

    /// Writes an integer, an enumeration or a truth.
    package mutating func write(_ number: Int, _ value: Int64) {
        guard value != 0 else { return }
        write(key: number, type: 0)
        write(varint: UInt64(bitPattern: value))
    }

    /// Writes a truth.
    package mutating func write(_ number: Int, _ value: Bool) {
        write(number, value ? 1 : 0)
    }

    /// Writes a text.
    package mutating func write(_ number: Int, _ text: String) {
        guard !text.isEmpty else { return }
        writeElement(number, text)
    }

    /// Writes bytes.
    package mutating func write(_ number: Int, _ value: [UInt8]) {
        guard !value.isEmpty else { return }
        writeElement(number, value)
    }

    /// Writes a text of a repeated field, even when it is empty.
    package mutating func writeElement(_ number: Int, _ text: String) {
        write(key: number, type: 2)
        write(varint: UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// Writes bytes of a repeated field, even when there are none.
    package mutating func writeElement(_ number: Int, _ value: [UInt8]) {
        write(key: number, type: 2)
        write(varint: UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    /// Writes the integers of a repeated field, packed.
    package mutating func write(_ number: Int, packed values: [Int64]) {
        guard !values.isEmpty else { return }
        var content = ProtobufWriter()
        for value in values { content.write(varint: UInt64(bitPattern: value)) }
        write(number, content.bytes)
    }

    /// Writes the numbers of a repeated field, packed.
    package mutating func write(_ number: Int, packed values: [Float]) {
        guard !values.isEmpty else { return }
        write(key: number, type: 2)
        write(varint: UInt64(values.count * MemoryLayout<Float>.size))
        bytes.append(littleEndian: values)
    }

    /// Writes a message, even an empty one.
    package mutating func write(_ number: Int, _ content: (inout ProtobufWriter) throws -> Void) rethrows {
        var writer = ProtobufWriter()
        try content(&writer)
        writeElement(number, writer.bytes)
    }

    private mutating func write(key number: Int, type: UInt64) {
        write(varint: UInt64(number) << 3 | type)
    }

    private mutating func write(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
