/// A statement of SQL with its parameters.
public struct PostgresStatement: Sendable, Hashable {
    /// One statement; parameters are `$1`, `$2` and so on.
    public let sql: String

    /// The parameters in order.
    public let parameters: [PostgresValue]

    /// Whether the statement changes nothing, so that a client may run it again when a connection breaks.
    public let readsOnly: Bool

    /// How long the answer may take, where it is not as long as the client allows.
    package var deadline: Duration?

    /// Creates a statement.
    public init(_ sql: String, _ parameters: [PostgresValue] = [], readsOnly: Bool = false) {
        self.sql = sql
        self.parameters = parameters
        self.readsOnly = readsOnly
    }
}
