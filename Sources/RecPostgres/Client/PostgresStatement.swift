/// A statement of SQL with its parameters.
public struct PostgresStatement: Sendable, Hashable {
    /// One statement; parameters are `$1`, `$2` and so on.
    public let sql: String

    /// The parameters in order.
    public let parameters: [PostgresValue]

    /// Creates a statement.
    public init(_ sql: String, _ parameters: [PostgresValue] = []) {
        self.sql = sql
        self.parameters = parameters
    }
}
