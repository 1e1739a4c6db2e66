/// Collects the parameters of a statement while its text is written.
struct SQLBuilder {
    private(set) var parameters: [PostgresValue] = []

    /// Adds a parameter; returns its place in the text.
    mutating func bind(_ value: PostgresValue) -> String {
        parameters.append(value)
        return "$\(parameters.count)"
    }

    /// The statement of a text.
    func statement(_ sql: String) -> PostgresStatement { PostgresStatement(sql, parameters) }
}
