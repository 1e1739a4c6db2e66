package import RecCore

extension OneHotEncoder {
    /// The categories of a block, by attribute.
    ///
    /// - Returns: For each attribute with a column set, its categories in column order. Rare values cannot be
    ///   distinguished and are returned as `infrequent`; an attribute without a set column, which was missing or
    ///   unknown, is absent.
    /// - Throws: `RecError` with code `notInvertible` when the block belongs to another space, or lacks an
    ///   attribute that this encoder never leaves out.
    package func inverse(_ codes: AttributeCodes) throws(RecError) -> [String: [AttributeSpace.Category]] {
        guard codes.space == space else {
            throw RecError(
                .notInvertible,
                "The block was encoded with other attributes, categories or weights."
            )
        }
        return try inverse(columns: codes.columns.map { Int($0) })
    }

    /// The categories of a row, by attribute.
    ///
    /// - Parameter row: One number for each column of ``space``; those above zero count as set. Both rows of zeros and
    ///   ones and the unit vectors of `AttributeCodes` are valid.
    /// - Returns: As ``inverse(_:)`` does.
    /// - Throws: `RecError` with code `notInvertible` when the row has another length than ``space``, or lacks
    ///   an attribute that this encoder never leaves out.
    package func inverse<Number: Numeric & Comparable>(
        row: [Number]
    ) throws(RecError) -> [String: [AttributeSpace.Category]] {
        guard row.count == space.width else {
            throw RecError(
                .notInvertible,
                "The row has \(row.count) numbers; there are \(space.width) columns."
            )
        }
        return try inverse(columns: row.indices.filter { row[$0] > 0 })
    }

    private func inverse(columns: [Int]) throws(RecError) -> [String: [AttributeSpace.Category]] {
        let owner = space.attributeOfColumn
        let offsets = space.offsets
        var result: [String: [AttributeSpace.Category]] = [:]
        for column in columns {
            let attribute = space.attributes[owner[column]]
            result[attribute.name, default: []].append(attribute.categories[column - offsets[owner[column]]])
        }
        for (index, attribute) in space.attributes.enumerated() where result[attribute.name] == nil {
            guard mayBeZero(attribute: index) else {
                throw RecError(
                    .notInvertible,
                    "No column of '\(attribute.name)' is set, but this encoder always sets one; it did not make the row."
                )
            }
        }
        return result
    }
}
