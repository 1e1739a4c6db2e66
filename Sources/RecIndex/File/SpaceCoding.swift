package import RecCore
package import RecFiles

extension EmbeddingSpace.Kind {
    /// The coding of blocks of this kind.
    var coding: any BlockCoding {
        switch self {
        case .dense(let dimension, let recipe): DenseKind(dimension: dimension, recipe: recipe)
        case .oneHot(let attributes): OneHotKind(space: attributes)
        }
    }
}

extension ByteWriter {
    /// Writes an embedding space with its recipes.
    package mutating func write(_ space: EmbeddingSpace) {
        write(UInt32(space.blocks.count))
        for block in space.blocks {
            write(block.name.rawValue)
            let coding = block.kind.coding
            write(type(of: coding).number)
            coding.write(to: &self)
        }
    }

    /// Writes a recipe.
    mutating func write(_ recipe: Recipe) {
        write(UInt32(recipe.fields.count))
        for field in recipe.fields {
            write(field.name)
            write(field.value)
        }
    }

    /// Writes the attributes of a space.
    mutating func write(_ space: AttributeSpace) {
        write(UInt32(space.attributes.count))
        for attribute in space.attributes {
            write(attribute.name)
            write(attribute.weight.bitPattern)
            write(attribute.categories)
            write(attribute.infrequentMembers)
        }
    }

    private mutating func write(_ categories: [AttributeSpace.Category]) {
        write(UInt32(categories.count))
        for category in categories {
            switch category {
            case .value(let value):
                write(0 as UInt8)
                write(value)
            case .infrequent: write(1 as UInt8)
            case .missing: write(2 as UInt8)
            }
        }
    }
}

extension ByteReader {
    /// Reads an embedding space with its recipes.
    package mutating func readSpace() throws -> EmbeddingSpace {
        var blocks: [EmbeddingSpace.Block] = []
        for _ in 0..<(try read(UInt32.self)) {
            let name = BlockName(rawValue: try readString())
            blocks.append(.init(name: name, kind: try readKind(of: name)))
        }
        guard !blocks.isEmpty, Set(blocks.map(\.name)).count == blocks.count else {
            throw FileDamage.corrupt("its list of blocks")
        }
        return EmbeddingSpace(blocks: blocks)
    }

    /// Reads a recipe.
    mutating func readRecipe() throws -> Recipe {
        var fields: [Recipe.Field] = []
        for _ in 0..<(try read(UInt32.self)) {
            let name = try readString()
            fields.append(.init(name: name, value: try readString()))
        }
        return Recipe(fields: fields)
    }

    private mutating func readKind(of name: BlockName) throws -> EmbeddingSpace.Kind {
        switch try read(UInt8.self) {
        case DenseKind.number:
            return try readDenseKind(of: name)
        case OneHotKind.number:
            return EmbeddingSpace.Kind(attributes: try readAttributeSpace())
        default:
            throw FileDamage.corrupt("the kind of block '\(name)'")
        }
    }

    private mutating func readDenseKind(of name: BlockName) throws -> EmbeddingSpace.Kind {
        guard let dimension = Int(exactly: try read(UInt64.self)),
            (1...FileFormat.maximumDimension).contains(dimension)
        else {
            throw FileDamage.corrupt("the dimension of block '\(name)'")
        }
        return EmbeddingSpace.Kind(dimension: dimension, recipe: try readRecipe())
    }

    private mutating func readAttributeSpace() throws -> AttributeSpace {
        var attributes: [AttributeSpace.Attribute] = []
        var names: Set<String> = []
        for _ in 0..<(try read(UInt32.self)) {
            let name = try readString()
            let weight = Double(bitPattern: try read(UInt64.self))
            let categories = try readCategories()
            let members = try readCategories()
            // The rules of the initialiser, which trusts its caller.
            guard weight.isFinite, weight >= 0, names.insert(name).inserted,
                Set(categories + members).count == categories.count + members.count, !members.contains(.infrequent),
                members.isEmpty || categories.contains(.infrequent)
            else { throw FileDamage.corrupt("the description of attribute '\(name)'") }
            attributes.append(
                .init(name: name, categories: categories, weight: weight, infrequentMembers: members)
            )
        }
        return AttributeSpace(attributes: attributes)
    }

    private mutating func readCategories() throws -> [AttributeSpace.Category] {
        var categories: [AttributeSpace.Category] = []
        for _ in 0..<(try read(UInt32.self)) {
            switch try read(UInt8.self) {
            case 0: categories.append(.value(try readString()))
            case 1: categories.append(.infrequent)
            case 2: categories.append(.missing)
            default: throw FileDamage.corrupt("a category of an attribute")
            }
        }
        return categories
    }
}
