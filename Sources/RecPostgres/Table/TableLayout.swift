internal import RecCore

/// The tables of an index as they were found or made.
struct TableLayout: Sendable {
    /// The version of the tables.
    static let format: Int64 = 1

    /// The most components of a `vector`.
    static let vectorLimit = 16_000

    let name: TableName
    let space: EmbeddingSpace
    let types: VectorTypes

    /// Changes whenever the table is made anew.
    let generation: String

    /// The vectors of approximate search; `nil` without.
    let navigation: Navigation?

    /// The foreign tables that the products are in, in SQL; empty when one relation has them all.
    var shards: [String] = []

    /// Texts of the host.
    var notes: [String: String] = [:]

    /// The column of a block, quoted.
    func column(_ position: Int) -> String { Self.column(space.blocks[position].name, position) }

    /// Plain names are kept, others are numbered.
    static func column(_ name: BlockName, _ position: Int) -> String {
        let text = name.rawValue
        let isPlain =
            (1...40).contains(text.utf8.count) && text.utf8.first.map { (97...122).contains($0) } == true
            && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        return SQLName.quoted("block_" + (isPlain ? text : "\(position + 1)"))
    }

    /// The relations that together hold each product once.
    var relations: [String] { shards.isEmpty ? [name.products] : shards }

    /// Fails when the table is no longer the one that was opened, so that no later statement of the call has an effect.
    ///
    /// The lock that it takes keeps others from replacing the table until the transaction ends.
    func check() throws(RecError) -> PostgresStatement {
        PostgresStatement(check(generation: "$1"), [try .text(generation)])
    }

    /// The same as a text without parameters.
    var plainCheck: String { check(generation: SQLName.constant(generation)) }

    private func check(generation: String) -> String {
        "select 1 / count(*) from \(name.space) where generation = \(generation) and format = \(Self.format)"
    }
}
