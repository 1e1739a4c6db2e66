/// A row of an answer.
public struct PostgresRow: Sendable, Hashable {
    /// The values in PostgreSQL's binary format; `nil` for `NULL`.
    public let cells: [[UInt8]?]

    /// Creates a row.
    public init(_ cells: [[UInt8]?]) {
        self.cells = cells
    }
}
