internal import RecCore

extension PostgresRow {
    /// What a reader of JSON makes of a `jsonb`; `nil` for `NULL` and for what the reader refuses.
    ///
    /// - Throws: `RecError` with code `unexpectedAnswer` when there is no such column.
    func json<Value>(_ column: Int, _ read: (Span<UInt8>) -> Value?) throws(RecError) -> Value? {
        guard let cell = try bytes(column), cell.first == 1 else { return nil }
        return read(cell.span.extracting(1..<cell.count))
    }
}
