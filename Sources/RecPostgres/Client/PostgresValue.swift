/// A parameter of a statement: a value in PostgreSQL's binary format, with its type.
public struct PostgresValue: Sendable, Hashable {
    /// The object identifier of the type, as in the table `pg_type`.
    public let type: UInt32

    /// The bytes of the value; `nil` for `NULL`.
    public let bytes: [UInt8]?

    /// Creates a value.
    public init(type: UInt32, bytes: [UInt8]?) {
        self.type = type
        self.bytes = bytes
    }
}
