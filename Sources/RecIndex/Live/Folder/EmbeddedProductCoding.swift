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
    /// Reads a product with its embedding, which may lack all blocks when it is a part of one.
    package mutating func readEmbeddedProduct(space: EmbeddingSpace, isPart: Bool = false) throws -> EmbeddedProduct {
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
        guard isPart || !embedding.blocks.isEmpty else { throw FileDamage.corrupt("an embedding without blocks") }
        var product = Product(id: id, attributes: attributes, title: title)
        product.pictureText = pictures
        return EmbeddedProduct(product: product, embedding: embedding)
    }

    private mutating func readText() throws -> String? {
        switch try read(UInt8.self) {
        case 0: nil
        case 1: try readString()
        default: throw FileDamage.corrupt("a flag is neither 0 nor 1")
        }
    }
}
