package import RecCore
package import RecFiles

extension ByteWriter {
    /// Writes a product with its embedding, whose blocks are in the order of the space.
    package mutating func write(_ item: EmbeddedProduct, space: EmbeddingSpace) {
        let product = item.product
        write(product.id.rawValue)
        write(product.title)
        write(product.pictureText)
        var attributes: [(name: String, values: ArraySlice<String>)] = []
        product.forEachAttribute { attributes.append(($0, $1)) }
        attributes.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        write(UInt32(attributes.count))
        for (name, values) in attributes {
            write(name)
            write(UInt32(values.count))
            for value in values { write(value) }
        }
        for block in space.blocks {
            let coding = block.kind.coding
            if let given = item.embedding[block.name] {
                write(type(of: coding).productNumber)
                coding.write(given, to: &self)
            } else {
                write(0 as UInt8)
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
    package mutating func readEmbeddedProduct(space: EmbeddingSpace) throws -> EmbeddedProduct {
        let product = try readProduct()
        let embedding = try readEmbedding(space: space)
        guard !embedding.blocks.isEmpty else { throw FileDamage.corrupt("an embedding without blocks") }
        return EmbeddedProduct(product: product, embedding: embedding)
    }

    /// Reads a product, which its embedding follows.
    package mutating func readProduct() throws -> Product {
        let id = ProductID(try readString())
        let title = try readText()
        let pictures = try readText()
        var attributes: [String: AttributeValues] = [:]
        for _ in 0..<(try read(UInt32.self)) {
            let name = try readString()
            var values: [String] = []
            for _ in 0..<(try read(UInt32.self)) { values.append(try readString()) }
            attributes[name] = AttributeValues(values)
        }
        var product = Product(id: id, attributes: attributes, title: title)
        product.pictureText = pictures
        return product
    }

    /// Reads the identifier of a product and passes over the rest of it.
    package mutating func readProductID() throws -> ProductID {
        let id = ProductID(try readString())
        for _ in 0..<2 where try readFlag() { try skipString() }
        for _ in 0..<(try read(UInt32.self)) {
            try skipString()
            for _ in 0..<(try read(UInt32.self)) { try skipString() }
        }
        return id
    }

    /// Reads the embedding that follows a product; it has no blocks when none were written.
    package mutating func readEmbedding(space: EmbeddingSpace) throws -> Embedding {
        var embedding = Embedding([:])
        for block in space.blocks {
            let number = try read(UInt8.self)
            guard number != 0 else { continue }
            let coding = block.kind.coding
            guard number == type(of: coding).productNumber else {
                throw FileDamage.corrupt("the kind of block '\(block.name)'")
            }
            embedding[block.name] = try coding.readBlock(&self)
        }
        return embedding
    }

    private mutating func readText() throws -> String? {
        try readFlag() ? try readString() : nil
    }

    private mutating func readFlag() throws -> Bool {
        switch try read(UInt8.self) {
        case 0: false
        case 1: true
        default: throw FileDamage.corrupt("a flag is neither 0 nor 1")
        }
    }
}
