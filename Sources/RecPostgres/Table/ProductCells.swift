internal import RecCore
internal import RecEngines
internal import RecFiles

/// The cells of a product's row, in PostgreSQL's binary format.
struct ProductCells {
    /// What a cell holds.
    enum Column {
        case id, title, pictures, attributes, numbers, digest, navigation
        /// A block, by its position in the space.
        case block(Int)
    }

    private let layout: TableLayout

    /// The columns of the table, in its order.
    let columns: [Column]

    init(_ layout: TableLayout) {
        self.layout = layout
        columns =
            [.id, .title, .pictures, .attributes, .numbers, .digest] + layout.space.blocks.indices.map { .block($0) }
            + (layout.navigation == nil ? [] : [.navigation])
    }

    /// The names of the columns in SQL.
    var names: [String] {
        columns.map { column in
            switch column {
            case .id: "id"
            case .title: "title"
            case .pictures: "pictures"
            case .attributes: "attributes"
            case .numbers: "numbers"
            case .digest: "digest"
            case .block(let position): layout.column(position)
            case .navigation: "navigation"
            }
        }
    }

    /// The types of the columns and of arrays of them.
    var types: [VectorTypes.Pair] {
        columns.map { column in
            switch column {
            case .id, .title: VectorTypes.Pair(plain: PostgresType.text)
            case .pictures, .attributes, .numbers: VectorTypes.Pair(plain: PostgresType.jsonb)
            case .digest: VectorTypes.Pair(plain: PostgresType.bytes)
            case .block(let position):
                layout.space.blocks[position].attributes == nil ? layout.types.vector : layout.types.sparse
            case .navigation: layout.types.half
            }
        }
    }

    /// Writes the cell of a column; for `NULL`, it writes nothing and answers `false`.
    ///
    /// - Precondition: The product can be stored.
    func write(_ column: Column, of item: EmbeddedProduct, to writer: inout ByteWriter) -> Bool {
        switch column {
        case .id: writer.bytes.append(contentsOf: item.product.id.rawValue.utf8)
        case .title:
            guard let title = item.product.title else { return false }
            writer.bytes.append(contentsOf: title.utf8)
        case .pictures:
            writer.write(Self.jsonbVersion)
            JSONWriter.append(item.product.pictures, to: &writer.bytes)
        case .attributes: Self.writeAttributes(of: item.product, to: &writer)
        case .numbers: Self.writeNumbers(of: item.product, to: &writer)
        case .digest: writer.write(contentsOf: ProductDigest(item, in: layout.space).bytes)
        case .block(let position):
            guard let block = item.embedding[layout.space.blocks[position].name] else { return false }
            if let vector = block.vector {
                writer.write(vector: vector.components)
            } else if let codes = block.codes {
                Self.write(codes, to: &writer)
            } else {
                return false
            }
        case .navigation:
            guard let vector = layout.navigation?.vector(of: item.embedding) else { return false }
            writer.write(halfvec: vector)
        }
        return true
    }
}

// MARK: - Attributes

extension ProductCells {
    /// The first byte of a `jsonb`.
    private static let jsonbVersion: UInt8 = 1

    private static func writeAttributes(of product: Product, to writer: inout ByteWriter) {
        writer.write(jsonbVersion)
        writer.write(UInt8(ascii: "{"))
        product.forEachAttribute { name, values in
            JSONWriter.append(name: name, to: &writer.bytes)
            JSONWriter.append(values, to: &writer.bytes)
        }
        writer.write(UInt8(ascii: "}"))
    }

    /// The finite numbers among the values.
    private static func writeNumbers(of product: Product, to writer: inout ByteWriter) {
        writer.write(jsonbVersion)
        writer.write(UInt8(ascii: "{"))
        product.forEachAttribute { name, values in
            let read = values.compactMap(number)
            guard !read.isEmpty else { return }
            JSONWriter.append(name: name, to: &writer.bytes)
            writer.bytes += Array("[\(read.map { "\($0)" }.joined(separator: ","))]".utf8)
        }
        writer.write(UInt8(ascii: "}"))
    }

    /// The finite number that a text spells, if any; no text that begins with a letter spells one.
    private static func number(_ text: String) -> Double? {
        guard let first = text.utf8.first, first < UInt8(ascii: "A"), let number = Double(text) else { return nil }
        return number.isFinite ? number : nil
    }

    /// `1 / sqrt(m)` for each of the *m* columns of an attribute, then 1 for each attribute that is present.
    private static func write(_ codes: AttributeCodes, to writer: inout ByteWriter) {
        let width = codes.space.width
        let counts = codes.columnCounts
        var entries: [(index: Int, value: Float)] = []
        entries.reserveCapacity(codes.columns.count + counts.count)
        var columns = codes.columns[...]
        for (_, count) in counts {
            let value = Float(1 / Double(count).squareRoot())
            for column in columns.prefix(count) { entries.append((Int(column), value)) }
            columns = columns.dropFirst(count)
        }
        for (attribute, _) in counts { entries.append((width + attribute, 1)) }
        writer.write(sparsevec: entries, dimension: width + codes.space.attributes.count)
    }
}
