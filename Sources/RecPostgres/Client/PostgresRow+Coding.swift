package import RecCore
internal import RecFiles

/// Values of Swift from a row; `nil` for `NULL`.
///
/// Each throws `RecError` with code `unexpected-answer` when the row has no such column, or its bytes are not of the
/// type.
extension PostgresRow {
    /// A `text`, a type like it, or `json`.
    package func text(_ column: Int) throws(RecError) -> String? {
        try decode(column, "text") { cell throws(ByteReader.EndOfData) in try cell.text() }
    }

    /// The text of a `jsonb`.
    package func jsonb(_ column: Int) throws(RecError) -> String? {
        try decode(column, "jsonb") { cell throws(ByteReader.EndOfData) in try cell.jsonb() }
    }

    /// An `int2`, `int4` or `int8`.
    package func integer(_ column: Int) throws(RecError) -> Int64? {
        try decode(column, "an integer") { cell throws(ByteReader.EndOfData) in try cell.integer() }
    }

    /// A `float4` or `float8`.
    package func double(_ column: Int) throws(RecError) -> Double? {
        try decode(column, "a number") { cell throws(ByteReader.EndOfData) in try cell.double() }
    }

    /// A `numeric` as decimal digits; also `NaN`, `Infinity` and `-Infinity`.
    package func numeric(_ column: Int) throws(RecError) -> String? {
        try decode(column, "numeric") { cell throws(ByteReader.EndOfData) in try cell.numeric() }
    }

    /// A `bool`.
    package func bool(_ column: Int) throws(RecError) -> Bool? {
        try decode(column, "bool") { cell throws(ByteReader.EndOfData) in try cell.bool() }
    }

    /// A `bytea`, or the bytes of any other type.
    package func bytes(_ column: Int) throws(RecError) -> [UInt8]? {
        try decode(column, "bytea") { cell throws(ByteReader.EndOfData) in cell.bytes }
    }

    /// An array of `text` or a type like it, of one dimension.
    package func texts(_ column: Int) throws(RecError) -> [String?]? {
        try array(column, "text[]") { cell throws(ByteReader.EndOfData) in try cell.text() }
    }

    /// An array of integers, of one dimension.
    package func integers(_ column: Int) throws(RecError) -> [Int64?]? {
        try array(column, "an array of integers") { cell throws(ByteReader.EndOfData) in try cell.integer() }
    }

    /// An array of `float4` or `float8`, of one dimension.
    package func doubles(_ column: Int) throws(RecError) -> [Double?]? {
        try array(column, "an array of numbers") { cell throws(ByteReader.EndOfData) in try cell.double() }
    }

    /// An array of `bool`, of one dimension.
    package func bools(_ column: Int) throws(RecError) -> [Bool?]? {
        try array(column, "bool[]") { cell throws(ByteReader.EndOfData) in try cell.bool() }
    }

    /// An array of `bytea`, of one dimension.
    package func bytesArray(_ column: Int) throws(RecError) -> [[UInt8]?]? {
        try array(column, "bytea[]") { cell throws(ByteReader.EndOfData) in cell.bytes }
    }

    private func array<Element>(
        _ column: Int,
        _ type: String,
        _ body: (PostgresCell) throws(ByteReader.EndOfData) -> Element
    ) throws(RecError) -> [Element?]? {
        try decode(column, type) { cell throws(ByteReader.EndOfData) in
            var elements: [Element?] = []
            for element in try cell.elements() {
                elements.append(try element.map { bytes throws(ByteReader.EndOfData) in try body(PostgresCell(bytes)) })
            }
            return elements
        }
    }

    func decode<Value>(
        _ column: Int,
        _ type: String,
        _ body: (PostgresCell) throws(ByteReader.EndOfData) -> Value
    ) throws(RecError) -> Value? {
        guard cells.indices.contains(column) else {
            throw RecError(
                .unexpectedAnswer,
                "an answer has \(cells.count) columns, and number \(column + 1) is needed"
            )
        }
        guard let bytes = cells[column] else { return nil }
        do {
            return try body(PostgresCell(bytes))
        } catch {
            throw RecError(
                .unexpectedAnswer,
                "column \(column + 1) of an answer is not \(type) in PostgreSQL's binary format"
            )
        }
    }
}
