internal import RecCore
internal import RecEngines

/// Products as the parameters of one statement: an array for each column.
struct ProductRows {
    private static let nonzeroLimit = 16_000
    /// An index entry has room for a third of a page.
    private static let idLimit = 2600

    private let layout: TableLayout
    private var ids = ArrayWriter(of: PostgresType.text, as: PostgresType.array(of: PostgresType.text))
    private var titles = ArrayWriter(of: PostgresType.text, as: PostgresType.array(of: PostgresType.text))
    private var pictures = ArrayWriter(of: PostgresType.jsonb, as: PostgresType.array(of: PostgresType.jsonb))
    private var attributes = ArrayWriter(of: PostgresType.jsonb, as: PostgresType.array(of: PostgresType.jsonb))
    private var numbers = ArrayWriter(of: PostgresType.jsonb, as: PostgresType.array(of: PostgresType.jsonb))
    private var digests = ArrayWriter(of: PostgresType.bytes, as: PostgresType.array(of: PostgresType.bytes))
    private var blocks: [ArrayWriter]
    private var navigation: ArrayWriter

    init(_ layout: TableLayout) {
        self.layout = layout
        blocks = layout.space.blocks.map {
            ArrayWriter(of: $0.attributes == nil ? layout.types.vector : layout.types.sparse)
        }
        navigation = ArrayWriter(of: layout.types.half)
    }

    /// Checks that a product can be stored.
    ///
    /// - Throws: `RecError`: `recipeMismatch`, `dimensionMismatch`, `noSharedBlock` or `invalidProduct`.
    static func check(_ item: EmbeddedProduct, in space: EmbeddingSpace) throws(RecError) {
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
        var hasZero = ([id, product.title ?? ""] + product.pictures).contains { $0.utf8.contains(0) }
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
        let product = item.product
        ids.append(Array(product.id.rawValue.utf8))
        titles.append(product.title.map { Array($0.utf8) })
        var text: [UInt8] = [1]
        JSONWriter.append(product.pictures, to: &text)
        pictures.append(text)
        appendAttributes(of: product)
        digests.append(ProductDigest(item, in: layout.space).bytes)
        for (position, block) in layout.space.blocks.enumerated() {
            let given = item.embedding[block.name]
            blocks[position].append(given?.vector.map { VectorBytes.vector($0.components) } ?? given?.codes.map(sparse))
        }
        if let navigation = layout.navigation {
            self.navigation.append(navigation.vector(of: item.embedding).map(VectorBytes.half))
        }
    }

    private mutating func appendAttributes(of product: Product) {
        var all: [UInt8] = [1, UInt8(ascii: "{")]
        var finite = all
        product.forEachAttribute { name, values in
            if all.count > 2 { all.append(UInt8(ascii: ",")) }
            JSONWriter.append(name, to: &all)
            all.append(UInt8(ascii: ":"))
            JSONWriter.append(values, to: &all)
            let read = values.compactMap { Double($0) }.filter(\.isFinite)
            guard !read.isEmpty else { return }
            if finite.count > 2 { finite.append(UInt8(ascii: ",")) }
            JSONWriter.append(name, to: &finite)
            finite += Array(":[\(read.map { "\($0)" }.joined(separator: ","))]".utf8)
        }
        attributes.append(all + [UInt8(ascii: "}")])
        numbers.append(finite + [UInt8(ascii: "}")])
    }

    /// `1 / sqrt(m)` for each of the *m* columns of an attribute, then 1 for each attribute that is present.
    private func sparse(_ codes: AttributeCodes) -> [UInt8] {
        let width = codes.space.width
        var entries: [(index: Int, value: Float)] = []
        var present: [(index: Int, value: Float)] = []
        var start = 0
        for run in codes.runs(weights: codes.space.attributes.map { _ in 1 }) {
            let columns = codes.columns[start..<start + run.count]
            let value = Float(1 / Double(run.count).squareRoot())
            for column in columns { entries.append((Int(column), value)) }
            present.append((width + codes.space.attributeOfColumn[Int(columns[start])], 1))
            start += run.count
        }
        return VectorBytes.sparse(dimension: width + codes.space.attributes.count, entries + present)
    }

    /// The statement that stores the products.
    ///
    /// - Parameter replacing: Whether products of the same identifiers are replaced; they must not be there otherwise.
    /// - Returns: The statement.
    func insertion(replacing: Bool) -> PostgresStatement {
        var sql = SQLBuilder()
        var columns = ["id", "title", "pictures", "attributes", "numbers", "digest"]
        var values = [ids, titles, pictures, attributes, numbers, digests].map { sql.bind($0.value) }
        for position in blocks.indices {
            columns.append(layout.column(position))
            values.append(sql.bind(blocks[position].value))
        }
        if layout.navigation != nil {
            columns.append("navigation")
            values.append(sql.bind(navigation.value))
        }
        let updates = columns.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        return sql.statement(
            "insert into \(layout.name.products) (\(columns.joined(separator: ", "))) select * from unnest("
                + values.joined(separator: ", ") + ")" + (replacing ? " on conflict (id) do update set \(updates)" : "")
        )
    }
}
