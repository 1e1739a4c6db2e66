package import RecCore
internal import RecFiles

/// Values of Swift as parameters; `nil` is `NULL`.
extension PostgresValue {
    /// A `text`.
    ///
    /// - Throws: `RecError` with code `invalid-text` when it holds the character NUL.
    package static func text(_ value: String?) throws(RecError) -> PostgresValue {
        PostgresValue(type: PostgresType.text, bytes: try value.map(encode))
    }

    /// A `jsonb` from a text of JSON, which the server parses.
    ///
    /// - Throws: `RecError` with code `invalid-text` when it holds the character NUL.
    package static func jsonb(_ value: String?) throws(RecError) -> PostgresValue {
        PostgresValue(
            type: PostgresType.jsonb,
            bytes: try value.map { text throws(RecError) in [1] + (try encode(text)) }
        )
    }

    /// An `int8`.
    package static func integer(_ value: Int64?) -> PostgresValue {
        PostgresValue(type: PostgresType.int64, bytes: value.map(encode))
    }

    /// A `float8`.
    package static func double(_ value: Double?) -> PostgresValue {
        PostgresValue(type: PostgresType.double, bytes: value.map { encode($0.bitPattern) })
    }

    /// A `bool`.
    package static func bool(_ value: Bool?) -> PostgresValue {
        PostgresValue(type: PostgresType.bool, bytes: value.map { [$0 ? 1 : 0] })
    }

    /// A `bytea`.
    package static func bytes(_ value: [UInt8]?) -> PostgresValue {
        PostgresValue(type: PostgresType.bytes, bytes: value)
    }

    /// A `text[]`.
    ///
    /// - Throws: `RecError` with code `invalid-text` when an element holds the character NUL.
    package static func texts(_ values: [String?]?) throws(RecError) -> PostgresValue {
        let elements = try values.map { values throws(RecError) in
            try values.map { value throws(RecError) in try value.map(encode) }
        }
        return array(of: PostgresType.text, elements)
    }

    /// An `int8[]`.
    package static func integers(_ values: [Int64?]?) -> PostgresValue {
        array(of: PostgresType.int64, values?.map { $0.map(encode) })
    }

    /// A `float8[]`.
    package static func doubles(_ values: [Double?]?) -> PostgresValue {
        array(of: PostgresType.double, values?.map { $0.map { encode($0.bitPattern) } })
    }

    /// A `float4[]`; SQL casts it to `vector` and `halfvec`.
    package static func floats(_ values: [Float]?) -> PostgresValue {
        guard let values else { return PostgresValue(type: PostgresType.array(of: PostgresType.float), bytes: nil) }
        var words = header(of: PostgresType.float, count: values.count, hasNulls: false)
        words.reserveCapacity(words.count + 2 * values.count)
        for value in values {
            words.append(UInt32(4).bigEndian)
            words.append(value.bitPattern.bigEndian)
        }
        var writer = ByteWriter()
        writer.write(contentsOf: words)
        return PostgresValue(type: PostgresType.array(of: PostgresType.float), bytes: writer.bytes)
    }

    /// A `bool[]`.
    package static func bools(_ values: [Bool?]?) -> PostgresValue {
        array(of: PostgresType.bool, values?.map { $0.map { [$0 ? 1 : 0] } })
    }

    /// A `bytea[]`.
    package static func bytesArray(_ values: [[UInt8]?]?) -> PostgresValue {
        array(of: PostgresType.bytes, values)
    }

    private static func array(of type: UInt32, _ elements: [[UInt8]?]?) -> PostgresValue {
        guard let elements else { return PostgresValue(type: PostgresType.array(of: type), bytes: nil) }
        var writer = ByteWriter()
        writer.write(contentsOf: header(of: type, count: elements.count, hasNulls: elements.contains { $0 == nil }))
        for element in elements {
            writer.write(Int32(element?.count ?? -1).bigEndian)
            writer.write(contentsOf: element ?? [])
        }
        return PostgresValue(type: PostgresType.array(of: type), bytes: writer.bytes)
    }

    /// The words before the elements: dimensions, nulls, type; length and lower bound of the one dimension.
    private static func header(of type: UInt32, count: Int, hasNulls: Bool) -> [UInt32] {
        let words = [count == 0 ? 0 : 1, hasNulls ? 1 : 0, type] + (count == 0 ? [] : [UInt32(count), 1])
        return words.map(\.bigEndian)
    }

    private static func encode(_ text: String) throws(RecError) -> [UInt8] {
        let bytes = Array(text.utf8)
        guard !bytes.contains(0) else {
            throw RecError(
                .invalidText,
                "\(text.debugDescription) holds the character NUL, which PostgreSQL cannot store"
            )
        }
        return bytes
    }

    private static func encode(_ number: some FixedWidthInteger & BitwiseCopyable) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(number.bigEndian)
        return writer.bytes
    }
}
