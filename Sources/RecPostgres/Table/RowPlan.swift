internal import RecCore
internal import RecMetadata

/// The columns of an answer, and the product that a row of them is.
struct RowPlan {
    /// A row of an answer.
    struct Row {
        let product: IndexedProduct
        let digest: [UInt8]
        /// The score that the database computed; `nil` when the product is not ranked, or no score was asked for.
        let score: Double?
    }

    private let layout: TableLayout
    /// Whether the product itself is among the columns.
    let hasProduct: Bool
    /// The positions of the blocks that are among the columns, ascending; `nil` for no embedding at all.
    let blocks: [Int]?

    init(_ layout: TableLayout, hasProduct: Bool, blocks: [Int]?) {
        self.layout = layout
        self.hasProduct = hasProduct
        self.blocks = blocks
    }

    /// The columns for some contents.
    init(_ layout: TableLayout, _ contents: ProductContents) {
        let names = layout.space.blocks.map(\.name)
        let blocks: [Int]? =
            switch contents.blocks {
            case .none: nil
            case .all: Array(names.indices)
            case .only(let chosen): names.indices.filter { chosen.contains(names[$0]) }
            }
        self.init(layout, hasProduct: contents.product, blocks: blocks)
    }

    /// The bytes of a row, roughly.
    var rowBytes: Int {
        let dense = (blocks ?? []).map { layout.space.blocks[$0] }.filter { $0.attributes == nil }
        return 64 + dense.reduce(0) { $0 + 4 * $1.dimension }
    }

    /// The columns in SQL.
    func columns(of prefix: String = "") -> String {
        let names =
            ["id", "digest"] + (hasProduct ? ["title", "pictures", "attributes"] : [])
            + (blocks ?? []).map(layout.column)
        return names.map { prefix + $0 }.joined(separator: ", ")
    }

    /// Reads rows of these columns, each followed by a score if there is one.
    ///
    /// - Throws: `RecError` with code `damagedRow` or `unexpectedAnswer`.
    func read(_ rows: [PostgresRow]) throws(RecError) -> [Row] {
        var result: [Row] = []
        result.reserveCapacity(rows.count)
        for row in rows { result.append(try read(row)) }
        return result
    }

    /// Reads a row of these columns, followed by a score if there is one.
    ///
    /// - Throws: `RecError` with code `damagedRow` or `unexpectedAnswer`.
    func read(_ row: PostgresRow) throws(RecError) -> Row {
        guard let text = try row.text(0), let digest = try row.bytes(1) else { throw damaged(nil, "its identifier") }
        let id = ProductID(text)
        var column = 2
        var product: Product?
        if hasProduct {
            product = try readProduct(row, id)
            column += 3
        }
        var embedding: Embedding?
        if let blocks {
            var found = Embedding([:])
            for position in blocks {
                found[layout.space.blocks[position].name] = try readBlock(row, column, position, id)
                column += 1
            }
            embedding = found
        }
        let score = column < row.cells.count ? try row.double(column) : nil
        return Row(
            product: IndexedProduct(id: id, product: product, embedding: embedding),
            digest: digest,
            score: score.flatMap { $0.isNaN ? nil : $0 }
        )
    }

    private func readProduct(_ row: PostgresRow, _ id: ProductID) throws(RecError) -> Product {
        guard let pictures = try row.json(3, JSONStrings.array), let lists = try row.json(4, JSONStrings.arrays) else {
            throw damaged(id, "its pictures or attributes")
        }
        let attributes = Dictionary(lists.map { ($0.name, AttributeValues($0.value)) }) { $1 }
        return Product(id: id, attributes: attributes, title: try row.text(2), pictures: pictures)
    }

    private func readBlock(
        _ row: PostgresRow,
        _ column: Int,
        _ position: Int,
        _ id: ProductID
    ) throws(RecError) -> Embedding.Block? {
        let block = layout.space.blocks[position]
        if let attributes = block.attributes {
            guard let sparse = try row.sparsevec(column) else { return nil }
            let columns = sparse.indices.prefix { $0 < attributes.width }.map { UInt32($0) }
            guard let codes = try? AttributeCodes(columns: columns, space: attributes) else {
                throw damaged(id, "block '\(block.name)'")
            }
            return Embedding.Block(codes)
        }
        guard let components = try row.vector(column) else { return nil }
        guard let recipe = block.recipe, components.count == block.dimension,
            let vector = DenseVector(stored: components, recipe: recipe)
        else { throw damaged(id, "block '\(block.name)'") }
        return Embedding.Block(vector)
    }

    private func damaged(_ id: ProductID?, _ part: String) -> RecError {
        RecError(
            .damagedRow,
            "The row of product '\(id?.rawValue ?? "")' in \(layout.name.products) was changed by others: \(part) "
                + "cannot be used. Write the product anew."
        )
    }
}
