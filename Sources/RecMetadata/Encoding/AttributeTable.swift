import RecCore

/// The columns of one attribute by value.
struct AttributeTable: Sendable, Hashable {
    /// The name of the attribute.
    let name: String

    /// The column of every known value, rare ones included.
    private(set) var columnOfValue: [ByteString: UInt32] = [:]

    /// The column of rare values, if there is one.
    private(set) var infrequentColumn: UInt32?

    /// The column of products that lack the attribute, if they have one.
    private(set) var missingColumn: UInt32?

    /// Creates the table of an attribute whose columns begin at `firstColumn`.
    init(_ attribute: AttributeSpace.Attribute, firstColumn: Int) {
        name = attribute.name
        for (index, category) in attribute.categories.enumerated() {
            add(category, UInt32(firstColumn + index))
        }
        if let infrequentColumn {
            for member in attribute.infrequentMembers { add(member, infrequentColumn) }
        }
    }

    /// The number of known values.
    var knownCount: Int { columnOfValue.count }

    private mutating func add(_ category: AttributeSpace.Category, _ column: UInt32) {
        switch category {
        case .value(let value): columnOfValue[ByteString(value)] = column
        case .infrequent: infrequentColumn = column
        case .missing: missingColumn = column
        }
    }
}
