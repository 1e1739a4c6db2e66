internal import RecCore
internal import RecFiles

extension ByteWriter {
    /// Writes a product with its embedding, whose blocks are in the order of the space.
    mutating func write(_ item: EmbeddedProduct, space: EmbeddingSpace) {
        let product = item.product
        write(product.id.rawValue)
        write(product.title)
        write(product.picture)
        let attributes = product.attributes.filter { !$0.value.isEmpty }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        write(UInt32(attributes.count))
        for (name, values) in attributes {
            write(name)
            write(UInt32(values.values.count))
            for value in values.values { write(value) }
        }
        for block in space.blocks {
            switch item.embedding[block.name] {
            case nil:
                write(0 as UInt8)
            case .dense(let vector):
                write(1 as UInt8)
                write(contentsOf: vector.components)
            case .oneHot(let codes):
                write(2 as UInt8)
                write(UInt32(codes.columns.count))
                write(contentsOf: codes.columns)
            case .mixture:
                preconditionFailure("products have no mixtures")
            }
        }
    }

    private mutating func write(_ text: String?) {
        write(text == nil ? 0 : 1 as UInt8)
        if let text { write(text) }
    }
}

extension ByteReader {
    /// Reads a product with its embedding.
    mutating func readEmbeddedProduct(space: EmbeddingSpace) throws -> EmbeddedProduct {
        let id = ProductID(try readString())
        let title = try readText()
        let picture = try readText()
        var attributes: [String: AttributeValues] = [:]
        for _ in 0..<(try read(UInt32.self)) {
            let name = try readString()
            var values: [String] = []
            for _ in 0..<(try read(UInt32.self)) { values.append(try readString()) }
            attributes[name] = AttributeValues(values)
        }
        var embedding = Embedding([:])
        for block in space.blocks {
            switch (try read(UInt8.self), block.kind) {
            case (0, _):
                break
            case (1, .dense(let dimension, let recipe)):
                let components = try readArray(of: Float.self, count: dimension)
                let squares = components.reduce(0.0) { $0 + Double($1) * Double($1) }
                // Written this way round so that NaN fails.
                guard abs(squares - 1) < 1e-4 else { throw FileDamage.corrupt("a vector has not the length 1") }
                embedding[block.name] = .dense(DenseVector(unit: components, recipe: recipe))
            case (2, .oneHot(let attributes)):
                let count = Int(try read(UInt32.self))
                let columns = try readArray(of: UInt32.self, count: count)
                embedding[block.name] = .oneHot(try AttributeCodes(columns: columns, space: attributes))
            default:
                throw FileDamage.corrupt("the kind of block '\(block.name)'")
            }
        }
        guard !embedding.blocks.isEmpty else { throw FileDamage.corrupt("an embedding without blocks") }
        return EmbeddedProduct(
            product: Product(id: id, attributes: attributes, title: title, picture: picture),
            embedding: embedding
        )
    }

    private mutating func readText() throws -> String? {
        switch try read(UInt8.self) {
        case 0: nil
        case 1: try readString()
        default: throw FileDamage.corrupt("a flag is neither 0 nor 1")
        }
    }
}
