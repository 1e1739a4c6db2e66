internal import RecCore

/// The names of the two tables of an index.
struct TableName: Sendable, Hashable {
    private static let spaceSuffix = "_space"

    /// The schema; `nil` for the first of the search path.
    let schema: String?

    /// The table of the products.
    let table: String

    /// - Throws: `RecError` with code `invalidSetting` for a name that PostgreSQL cannot keep.
    init(schema: String?, table: String) throws(RecError) {
        for name in [schema, table + Self.spaceSuffix].compactMap(\.self) {
            guard !name.isEmpty, !name.utf8.contains(0), name.utf8.count <= SQLName.limit else {
                throw RecError(
                    .invalidSetting,
                    "A table cannot be named '\(table)': with '\(Self.spaceSuffix)' behind it a name has 1 to "
                        + "\(SQLName.limit) bytes, none of them zero."
                )
            }
        }
        guard !table.isEmpty else { throw RecError(.invalidSetting, "The name of the table is empty.") }
        self.schema = schema
        self.table = table
    }

    /// The table of the products in SQL.
    var products: String { qualified(table) }

    /// The table with the space in SQL.
    var space: String { qualified(table + Self.spaceSuffix) }

    /// The names in a schema.
    func inSchema(_ schema: String) throws(RecError) -> TableName { try TableName(schema: schema, table: table) }

    private func qualified(_ name: String) -> String {
        ([schema, name] as [String?]).compactMap { $0.map(SQLName.quoted) }.joined(separator: ".")
    }
}
