internal import RecCore
internal import RecFiles
internal import RecIndex

/// A product as a row of a collection.
struct MilvusRow: Sendable {
    let id: ProductID
    let pattern: Int64
    /// The blocks of codes; dense blocks are in the vector.
    let codes: Embedding
    let embedding: Embedding?
    /// The product with its blocks of codes, in the coding of index files.
    private let document: [UInt8]

    /// The product; few of the rows that are read are wanted with it.
    ///
    /// - Throws: `RecError` when the row is damaged.
    var product: Product {
        get throws(RecError) {
            var reader = ByteReader(document)
            guard let product = try? reader.readProduct() else { throw Self.damage }
            return product
        }
    }

    /// The names of the fields.
    enum Field {
        static let id = "id"
        static let vector = "vector"
        static let pattern = "pattern"
        static let shape = "shape"
        static let terms = "terms"
        static let numbers = "numbers"
        static let product = "product"
        static let digest = "digest"
    }

    /// The longest text of a field, in bytes.
    static let longestText = 65_535
    /// The most words of a product.
    static let mostTerms = 4096
    /// The most numbers that a product may have of one attribute.
    static let mostNumbers = 64

    /// The fields of a collection whose vectors have some dimension.
    static func fields(dimension: Int) -> [MilvusField] {
        let text = ["max_length": "\(longestText)"]
        return [
            MilvusField(Field.id, .text, isPrimary: true, text),
            MilvusField(Field.vector, .vector, ["dim": "\(dimension)"]),
            MilvusField(Field.pattern, .integer),
            MilvusField(Field.shape, .integer),
            MilvusField(
                Field.terms,
                .list,
                elements: .text,
                ["max_length": "256", "max_capacity": "\(mostTerms)"]
            ),
            MilvusField(Field.numbers, .json),
            MilvusField(Field.product, .text, text),
            MilvusField(Field.digest, .text, ["max_length": "32"]),
        ]
    }
}

extension MilvusRow {
    /// The error for rows that are not what this package wrote.
    static let damage = RecError(
        .damagedRow,
        "A row of the collection is not what this package wrote, or lacks a field that was asked for."
    )

    /// The rows of an answer with the fields `pattern` and `product`, and vectors where they were asked for.
    ///
    /// - Throws: `RecError` when they are not those of the layout's space.
    static func rows(_ columns: [MilvusColumn], _ layout: MilvusLayout) throws(RecError) -> [MilvusRow] {
        guard let patterns = columns.integers(Field.pattern) else {
            // An answer without rows may have no columns.
            guard columns.allSatisfy(\.isEmpty) else { throw Self.damage }
            return []
        }
        guard let documents = columns.texts(Field.product), documents.count == patterns.count else { throw Self.damage }
        let vectors = columns.vectors
        if let vectors, vectors.count != patterns.count * layout.dimension { throw Self.damage }
        var rows: [MilvusRow] = []
        rows.reserveCapacity(patterns.count)
        for (position, pattern) in patterns.enumerated() {
            let start = position * layout.dimension
            rows.append(
                try MilvusRow(
                    documents[position],
                    pattern: pattern,
                    vector: vectors?[start..<start + layout.dimension],
                    layout
                )
            )
        }
        return rows
    }

    private init(
        _ text: String,
        pattern: Int64,
        vector: ArraySlice<Float>?,
        _ layout: MilvusLayout
    ) throws(RecError) {
        guard layout.blocks(ofPattern: pattern) != nil else { throw layout.replaced }
        guard let document = Base64.decode(text) else { throw Self.damage }
        var reader = ByteReader(document)
        guard let id = try? reader.readProductID(), let codes = try? reader.readEmbedding(space: layout.space) else {
            throw Self.damage
        }
        self.id = id
        self.pattern = pattern
        self.codes = codes
        self.document = document
        embedding = try vector.map { vector throws(RecError) in
            try layout.embedding(pattern: pattern, vector: vector, codes: codes)
        }
    }
}

extension [MilvusColumn] {
    func integers(_ name: String) -> [Int64]? {
        for column in self where column.name == name { if case .integers(let list) = column.values { return list } }
        return nil
    }

    func texts(_ name: String) -> [String]? {
        for column in self where column.name == name { if case .texts(let list) = column.values { return list } }
        return nil
    }

    /// The components of the field of vectors.
    var vectors: ArraySlice<Float>? {
        for column in self { if case .vectors(_, let numbers) = column.values { return numbers[...] } }
        return nil
    }
}

extension MilvusColumn {
    fileprivate var isEmpty: Bool {
        switch values {
        case .integers(let list): list.isEmpty
        case .texts(let list): list.isEmpty
        case .json(let list): list.isEmpty
        case .lists(let list): list.isEmpty
        case .vectors(_, let list): list.isEmpty
        case .other: true
        }
    }
}
