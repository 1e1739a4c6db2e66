internal import RecCore
internal import RecEngines
internal import RecFiles
internal import RecIndex

/// What a row says of a product, but for its vector.
struct RowDocument: Sendable {
    let item: EmbeddedProduct
    let pattern: Int64
    let shape: MilvusShape
    /// A word for each name and each value of an attribute.
    let terms: [String]
    /// The numbers of each attribute, as JSON.
    let numbers: [UInt8]
    /// How many numbers each attribute has.
    let numberCounts: [String: Int]
    /// The product with its blocks of codes, in the coding of index files.
    let text: String
    let digest: String

    /// - Throws: `RecError` with code `invalidProduct` when a collection cannot hold the product.
    init(_ item: EmbeddedProduct, _ layout: MilvusLayout) throws(RecError) {
        let id = item.product.id
        guard id.isStorable else {
            throw RecError(
                .invalidProduct,
                "Milvus cannot store a product with the identifier '\(id.rawValue.prefix(100))': one is not empty, has no "
                    + "character NUL and \(MilvusRow.longestText) bytes at most."
            )
        }
        for (name, block) in item.embedding.blocks where block.vector == nil && block.codes == nil {
            throw RecError(.invalidProduct, "Block '\(name)' of product '\(id)' is a mixture; only queries are.")
        }
        self.item = item
        pattern = layout.pattern(of: item.embedding)
        shape = MilvusShape(item.product, item.embedding, layout)
        var terms: [String] = []
        var lists: [String] = []
        var counts: [String: Int] = [:]
        item.product.forEachAttribute { name, values in
            terms.append(MilvusToken.name(name))
            terms += values.map { MilvusToken.value($0, of: name) }
            let numbers = values.compactMap { Double($0) }.filter(\.isFinite)
            guard !numbers.isEmpty else { return }
            counts[name] = numbers.count
            terms += numbers.indices.map { MilvusToken.number($0, of: name) }
            let list = numbers.map { "\($0)" }.joined(separator: ", ")
            lists.append("\"\(MilvusToken.name(name))\": [\(list)]")
        }
        self.terms = terms
        numbers = Array("{\(lists.sorted().joined(separator: ", "))}".utf8)
        numberCounts = counts
        let codes = Embedding(item.embedding.blocks.filter { $0.value.codes != nil })
        var writer = ByteWriter()
        writer.write(EmbeddedProduct(product: item.product, embedding: codes), space: layout.space)
        text = Base64.encode(writer.bytes)
        digest = Base64.encode(ProductDigest(item, in: layout.space).bytes)
        try checkSize()
    }

    private func checkSize() throws(RecError) {
        let most = numberCounts.values.max() ?? 0
        guard terms.count <= MilvusRow.mostTerms, most <= MilvusRow.mostNumbers,
            text.utf8.count <= MilvusRow.longestText, numbers.count <= MilvusRow.longestText
        else {
            throw RecError(
                .invalidProduct,
                "Product '\(item.product.id.rawValue.prefix(100))' is too large for a collection: it has \(terms.count) "
                    + "names and values of attributes, up to \(most) numbers of one, and takes \(text.utf8.count) bytes; "
                    + "allowed are \(MilvusRow.mostTerms), \(MilvusRow.mostNumbers) and \(MilvusRow.longestText). Leave out "
                    + "long texts."
            )
        }
    }

    /// The bytes of the row in a request, about, but for its vector.
    var byteCount: Int {
        item.product.id.rawValue.utf8.count + text.utf8.count + numbers.count + 128
            + terms.reduce(0) { $0 + $1.utf8.count + 8 }
    }
}

extension MilvusRow {
    /// The columns of some rows.
    static func columns(_ rows: ArraySlice<RowDocument>, _ layout: MilvusLayout) -> [MilvusColumn] {
        var vectors: [Float] = []
        vectors.reserveCapacity(rows.count * layout.dimension)
        for row in rows { layout.append(row.item.embedding, to: &vectors) }
        return [
            MilvusColumn(Field.id, .texts(rows.map(\.item.product.id.rawValue))),
            MilvusColumn(Field.vector, .vectors(dimension: layout.dimension, vectors)),
            MilvusColumn(Field.pattern, .integers(rows.map(\.pattern))),
            MilvusColumn(Field.shape, .integers(rows.map(\.shape.number))),
            MilvusColumn(Field.terms, .lists(rows.map(\.terms))),
            MilvusColumn(Field.numbers, .json(rows.map(\.numbers))),
            MilvusColumn(Field.product, .texts(rows.map(\.text))),
            MilvusColumn(Field.digest, .texts(rows.map(\.digest))),
        ]
    }
}
