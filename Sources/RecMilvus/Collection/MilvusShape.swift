internal import RecCore
internal import RecFiles

/// What a product has: blocks, attributes within the blocks of codes, and names of attributes.
///
/// Products of a catalogue have few different shapes. A number stands for each, half of a half of a SHA-256.
struct MilvusShape: Sendable, Hashable {
    /// The pattern of the blocks.
    let pattern: Int64
    /// For each block of the space the attributes that its codes have, by position; empty for a dense block.
    let attributes: [[Int]]
    /// The names of all attributes of the product, ascending.
    let names: [String]

    init(_ product: Product, _ codes: Embedding, pattern: Int64, _ space: EmbeddingSpace) {
        self.pattern = pattern
        attributes = space.blocks.map { block in
            guard let codes = codes[block.name]?.codes else { return [] }
            var present: [Int] = []
            let owner = codes.space.attributeOfColumn
            for column in codes.columns where present.last != owner[Int(column)] { present.append(owner[Int(column)]) }
            return present
        }
        names = product.attributeNames.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    init(_ product: Product, _ embedding: Embedding, _ layout: MilvusLayout) {
        self.init(product, embedding, pattern: layout.pattern(of: embedding), layout.space)
    }

    /// The number that stands for the shape.
    var number: Int64 {
        var writer = ByteWriter()
        writer.write(pattern)
        for list in attributes {
            writer.write(UInt32(list.count))
            for position in list { writer.write(UInt32(position)) }
        }
        for name in names {
            writer.write(UInt32(name.utf8.count))
            writer.write(contentsOf: Array(name.utf8))
        }
        var hash = SHA256()
        hash.update(writer.bytes)
        return hash.digest.prefix(8).reduce(0) { $0 << 8 | Int64($1) } & .max
    }
}
