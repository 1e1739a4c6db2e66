internal import RecCore

/// Products as the parameters of one statement: an array for each column.
struct ProductRows {
    private static let nonzeroLimit = 16_000
    /// An index entry has room for a third of a page.
    private static let idLimit = 2600

    private let layout: TableLayout
    private let cells: ProductCells
    private var columns: [ArrayWriter]

    init(_ layout: TableLayout) {
        self.layout = layout
        cells = ProductCells(layout)
        columns = cells.types.map { ArrayWriter(of: $0) }
    }

    /// Checks that products can be stored.
    ///
    /// - Throws: `RecError`: `recipeMismatch`, `dimensionMismatch`, `noSharedBlock` or `invalidProduct`.
    static func check(_ products: [EmbeddedProduct], in space: EmbeddingSpace) throws(RecError) {
        // Spaces that share their tables are compared in constant time.
        var known = space
        for (number, item) in products.enumerated() {
            try check(item, in: known)
            if number == 0 { known = known.sharingTables(of: item.embedding) }
        }
    }

    private static func check(_ item: EmbeddedProduct, in space: EmbeddingSpace) throws(RecError) {
        let product = item.product
        let id = product.id.rawValue
        guard !id.isEmpty else {
            throw RecError(.invalidProduct, "A product has an empty identifier, so nothing could refer to it.")
        }
        guard id.utf8.count <= idLimit else {
            throw RecError(
                .invalidProduct,
                "The identifier '\(id.prefix(40))…' has \(id.utf8.count) bytes; PostgreSQL indexes \(idLimit) at most."
            )
        }
        try space.validate(item.embedding)
        var hasZero = id.utf8.contains(0) || product.title?.utf8.contains(0) == true
        hasZero = hasZero || product.pictures.contains { $0.utf8.contains(0) }
        product.forEachAttribute { name, values in
            hasZero = hasZero || name.utf8.contains(0) || values.contains { $0.utf8.contains(0) }
        }
        guard !hasZero else {
            throw RecError(
                .invalidProduct,
                "A text of product \(id.debugDescription) holds the character NUL, which PostgreSQL cannot store."
            )
        }
        for block in space.blocks where block.attributes != nil {
            guard let given = item.embedding[block.name] else { continue }
            guard let codes = given.codes else {
                throw RecError(
                    .invalidProduct,
                    "Block '\(block.name)' of product '\(id)' is a mixture; only queries are."
                )
            }
            guard codes.columns.count + codes.space.attributes.count <= nonzeroLimit else {
                throw RecError(
                    .invalidProduct,
                    "Block '\(block.name)' of product '\(id)' has \(codes.columns.count) values; pgvector takes some "
                        + "\(nonzeroLimit) at most."
                )
            }
        }
    }

    /// Adds a product.
    ///
    /// - Precondition: It can be stored.
    mutating func append(_ item: EmbeddedProduct) {
        for (number, column) in cells.columns.enumerated() {
            columns[number].append { cells.write(column, of: item, to: &$0) }
        }
    }

    /// The statement that stores the products.
    ///
    /// - Parameter replacing: Whether products of the same identifiers are replaced; they must not be there otherwise.
    /// - Returns: The statement.
    func insertion(replacing: Bool) -> PostgresStatement {
        var sql = SQLBuilder()
        let values = columns.map { sql.bind($0.value) }
        let names = cells.names
        let updates = names.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        return sql.statement(
            "insert into \(layout.name.products) (\(names.joined(separator: ", "))) select * from unnest("
                + values.joined(separator: ", ") + ")" + (replacing ? " on conflict (id) do update set \(updates)" : "")
        )
    }
}
