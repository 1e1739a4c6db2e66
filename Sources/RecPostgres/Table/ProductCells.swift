internal import RecCore
internal import RecEngines

/// The cells of a product's row.
struct ProductCells {
    private let layout: TableLayout

    init(_ layout: TableLayout) {
        self.layout = layout
    }

    /// The names of the columns in SQL.
    var columns: [String] {
        ["id", "title", "pictures", "attributes", "numbers", "digest"] + layout.space.blocks.indices.map(layout.column)
            + (layout.navigation == nil ? [] : ["navigation"])
    }

    /// The types of the columns and of arrays of them.
    var types: [VectorTypes.Pair] {
        let plain =
            [PostgresType.text, PostgresType.text] + Array(repeating: PostgresType.jsonb, count: 3) + [
                PostgresType.bytes
            ]
        let pairs = plain.map { VectorTypes.Pair(element: $0, array: PostgresType.array(of: $0)) }
        let blocks = layout.space.blocks.map { $0.attributes == nil ? layout.types.vector : layout.types.sparse }
        return pairs + blocks + (layout.navigation == nil ? [] : [layout.types.half])
    }

    /// The values in PostgreSQL's binary format, column by column; `nil` is `NULL`.
    ///
    /// - Precondition: The product can be stored.
    func values(_ item: EmbeddedProduct) -> [[UInt8]?] {
        let product = item.product
        var pictures: [UInt8] = [1]
        JSONWriter.append(product.pictures, to: &pictures)
        let (attributes, numbers) = attributes(of: product)
        var cells: [[UInt8]?] = [
            Array(product.id.rawValue.utf8), product.title.map { Array($0.utf8) }, pictures, attributes, numbers,
            ProductDigest(item, in: layout.space).bytes,
        ]
        for block in layout.space.blocks {
            let given = item.embedding[block.name]
            cells.append(given?.vector.map { VectorBytes.vector($0.components) } ?? given?.codes.map(sparse))
        }
        if let navigation = layout.navigation {
            cells.append(navigation.vector(of: item.embedding).map(VectorBytes.half))
        }
        return cells
    }

    /// All attributes, and the finite numbers among their values.
    private func attributes(of product: Product) -> (all: [UInt8], numbers: [UInt8]) {
        var all: [UInt8] = [1, UInt8(ascii: "{")]
        var finite = all
        product.forEachAttribute { name, values in
            if all.count > 2 { all.append(UInt8(ascii: ",")) }
            JSONWriter.append(name, to: &all)
            all.append(UInt8(ascii: ":"))
            JSONWriter.append(values, to: &all)
            let read = values.compactMap(Self.number)
            guard !read.isEmpty else { return }
            if finite.count > 2 { finite.append(UInt8(ascii: ",")) }
            JSONWriter.append(name, to: &finite)
            finite += Array(":[\(read.map { "\($0)" }.joined(separator: ","))]".utf8)
        }
        all.append(UInt8(ascii: "}"))
        finite.append(UInt8(ascii: "}"))
        return (all, finite)
    }

    /// The finite number that a text spells, if any; no text that begins with a letter spells one.
    private static func number(_ text: String) -> Double? {
        guard let first = text.utf8.first, first < UInt8(ascii: "A"), let number = Double(text) else { return nil }
        return number.isFinite ? number : nil
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
}
