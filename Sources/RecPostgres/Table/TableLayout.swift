internal import RecCore

/// The tables of an index as they were found or made.
struct TableLayout: Sendable {
    /// The newest version of the tables; those of version 1 do not say whether they are finished, and all are.
    static let format: Int64 = 2

    /// The most components of a `vector`.
    static let vectorLimit = 16_000

    let name: TableName
    let space: EmbeddingSpace
    let types: VectorTypes

    /// The version of the tables.
    var version = TableLayout.format

    /// Whether the products were complete when the table was opened.
    var isFinished = true

    /// Whether calls go to a table whose products are not complete, too.
    var isPublishing = false

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

    /// Fails when the table is no longer the one that was opened, or a publication has not ended, so that no later
    /// statement of the call has an effect.
    ///
    /// The lock that it takes keeps others from replacing the table until the transaction ends.
    func check() throws(RecError) -> PostgresStatement {
        PostgresStatement(check(generation: "$1"), [try .text(generation)])
    }

    /// The same as a text without parameters.
    var plainCheck: String { check(generation: SQLName.constant(generation)) }

    private func check(generation: String) -> String {
        // Each fault is an error of its own, which no score causes: a division by zero, and the logarithm of it.
        let unfinished = "ln((count(*) filter (where finished))::float8)"
        let faults = ["1 / count(*)"] + (version > 1 && !isPublishing ? [unfinished] : [])
        return "select \(faults.joined(separator: ", ")) from \(name.space) "
            + "where generation = \(generation) and format = \(version)"
    }
}
