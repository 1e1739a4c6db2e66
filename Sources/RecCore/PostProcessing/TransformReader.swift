internal import RecMath

/// Reads and checks the numbers and texts of a stored transform.
struct TransformReader {
    private let bytes: [UInt8]
    private var position: Int
    private var end: Int

    /// Checks the first and the last bytes.
    init(_ bytes: [UInt8], magic: [UInt8]) throws(RecError) {
        guard bytes.starts(with: magic) else { throw Self.damaged("it does not begin with the mark of this version") }
        guard bytes.count >= magic.count + 8 else { throw Self.damaged("it ends too early") }
        self.bytes = bytes
        position = bytes.count - 8
        end = bytes.count
        let stored: UInt64 = try number()
        var checksum = FNV1a()
        checksum.add(bytes.dropLast(8))
        guard stored == checksum.value else { throw Self.damaged("its checksum is wrong") }
        position = magic.count
        end = bytes.count - 8
    }

    /// The number of remaining bytes.
    var left: Int { end - position }

    mutating func number<Number: FixedWidthInteger & UnsignedInteger>() throws(RecError) -> Number {
        let size = Number.bitWidth / 8
        guard size <= left else { throw Self.damaged("it ends too early") }
        var value: Number = 0
        for offset in 0..<size { value |= Number(bytes[position + offset]) << (8 * offset) }
        position += size
        return value
    }

    /// Reads the fields of a recipe; each takes at least eight bytes.
    mutating func fields(_ count: Int) throws(RecError) -> [Recipe.Field] {
        guard count <= left / 8 else { throw Self.damaged("it ends too early") }
        var fields: [Recipe.Field] = []
        for _ in 0..<count { fields.append(Recipe.Field(name: try text(), value: try text())) }
        return fields
    }

    /// Reads finite numbers.
    mutating func floats(_ count: Int) throws(RecError) -> [Float] {
        guard count <= left / 4 else { throw Self.damaged("it ends too early") }
        var numbers: [Float] = []
        numbers.reserveCapacity(count)
        for _ in 0..<count {
            let number = Float(bitPattern: try number())
            guard number.isFinite else { throw Self.damaged("it holds a number that is not finite") }
            numbers.append(number)
        }
        return numbers
    }

    private mutating func text() throws(RecError) -> String {
        let count = Int(try number() as UInt32)
        guard count <= left else { throw Self.damaged("it ends too early") }
        let slice = bytes[position..<position + count]
        guard let text = String(validating: slice, as: UTF8.self) else { throw Self.damaged("a text is not UTF-8") }
        position += count
        return text
    }

    static func damaged(_ reason: String) -> RecError {
        RecError(.invalidTransform, "The stored transform cannot be read: \(reason). Store it anew.")
    }
}
