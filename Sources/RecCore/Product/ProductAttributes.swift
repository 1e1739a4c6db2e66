/// The attributes of a product: a list of its own, or a row of a block that it shares with products of its table.
enum ProductAttributes: Sendable {
    /// The attributes that have values, in any order; no name occurs twice.
    case own([(name: String, values: [String])])
    /// A row of a block.
    case row(AttributeBlock, Int32)

    init(_ attributes: [String: AttributeValues]) {
        self = .own(attributes.compactMap { $0.value.isEmpty ? nil : ($0.key, $0.value.values) })
    }

    /// The values of an attribute; empty when it is missing.
    func values(of name: String) -> ArraySlice<String> {
        switch self {
        case .own(let list): list.first { $0.name == name }?.values[...] ?? []
        case .row(let block, let row):
            block.names.position(of: name).map { block.values(column: $0, row: Int(row)) } ?? []
        }
    }

    /// Calls a function with each attribute that has values.
    func forEach(_ body: (_ name: String, _ values: ArraySlice<String>) -> Void) {
        switch self {
        case .own(let list): for (name, values) in list { body(name, values[...]) }
        case .row(let block, let row):
            for (column, name) in block.names.names.enumerated() {
                let values = block.values(column: column, row: Int(row))
                if !values.isEmpty { body(name, values) }
            }
        }
    }

    /// The names of the attributes that have values.
    var names: [String] {
        var result: [String] = []
        forEach { name, _ in result.append(name) }
        return result
    }

    /// The attributes by name.
    var dictionary: [String: AttributeValues] {
        var result: [String: AttributeValues] = [:]
        forEach { name, values in result[name] = AttributeValues(different: Array(values)) }
        return result
    }
}

extension ProductAttributes: Hashable {
    static func == (lhs: ProductAttributes, rhs: ProductAttributes) -> Bool {
        if case .row(let block, let row) = lhs, case .row(let other, let otherRow) = rhs, block === other,
            row == otherRow
        {
            return true
        }
        var (count, isEqual) = (0, true)
        lhs.forEach { name, values in
            count += 1
            isEqual = isEqual && values.elementsEqual(rhs.values(of: name)) { ByteString($0) == ByteString($1) }
        }
        return isEqual && count == rhs.names.count
    }

    func hash(into hasher: inout Hasher) {
        // The order of attributes must not count.
        var sum = 0
        forEach { name, values in
            var part = hasher
            part.combine(name)
            for value in values { part.combine(ByteString(value)) }
            sum ^= part.finalize()
        }
        hasher.combine(sum)
    }
}
