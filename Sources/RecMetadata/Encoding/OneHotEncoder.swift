public import RecCore

/// Turns attributes into one-hot codes, like scikit-learn's `OneHotEncoder`.
///
/// ```swift
/// let encoder = try OneHotEncoder(
///     fitting: catalogue.products,
///     attributes: ["gender", "baseColour", AttributeEncoding("articleType", weight: 2)])
/// let codes = try encoder.encode(product)
/// ```
/// An attribute with several values sets several columns (n-hot); `AttributeCodes` then gives three tags the same
/// weight as one.
///
/// The order of categories and columns, ``UnknownPolicy``, the folding of rare categories with its rule for ties, and
/// "missing" as a category follow scikit-learn 1.9; so does the comparison of values by code points. The differences are:
/// - By default unknown and missing values are ignored, so that they never match each other.
/// - There is no `drop`. A dropped category would be encoded as zeros, and products that share it would not match.
public struct OneHotEncoder: MetadataEncoder, Hashable {
    /// The columns, with categories and weights.
    public let space: AttributeSpace

    /// The policy for values that are not in ``space``.
    package let unknown: UnknownPolicy

    /// The policy for attributes that a product lacks.
    package let missing: MissingPolicy

    private let tables: [AttributeTable]

    /// Creates an encoder for the space of another encoder, for example a stored one.
    ///
    /// - Parameters:
    ///   - space: The columns. The values in its infrequent columns are known too.
    ///   - unknown: The policy for values that are not in `space`.
    ///   - missing: The policy for attributes that a product lacks; `nil` means `category` when `space` has a column
    ///     for missing values, `ignore` when it has none.
    public init(space: AttributeSpace, unknown: UnknownPolicy = .ignore, missing: MissingPolicy? = nil) {
        self.space = space
        self.unknown = unknown
        tables = zip(space.attributes, space.offsets).map { AttributeTable($0, firstColumn: $1) }
        self.missing = missing ?? (tables.contains { $0.missingColumn != nil } ? .category : .ignore)
    }

    /// Encodes the attributes of a product.
    ///
    /// - Returns: The block, or `nil` when no attribute with a weight has a column set.
    /// - Throws: `RecError` with code `unknownCategory` or `missingValue` when the policies refuse a value.
    /// - Complexity: O(number of attributes and values)
    public func encode(_ product: Product) throws -> AttributeCodes? {
        let columns = try columns(of: product)
        let owner = space.attributeOfColumn
        guard columns.contains(where: { space.attributes[owner[Int($0)]].weight > 0 }) else { return nil }
        return try AttributeCodes(columns: columns, space: space)
    }

    /// The columns that hold a one for a product, strictly ascending.
    ///
    /// - Throws: `RecError` with code `unknownCategory` or `missingValue` when the policies refuse a value.
    /// - Complexity: O(values · log(values of an attribute))
    package func columns(of product: Product) throws(RecError) -> [UInt32] {
        var result: [UInt32] = []
        result.reserveCapacity(tables.count)
        for table in tables {
            let values = product.values(of: table.name)
            if values.isEmpty {
                if let column = try missingColumn(in: table, of: product.id) { result.append(column) }
                continue
            }
            let start = result.count
            for value in values {
                if let column = try column(of: value, in: table, of: product.id) { result.append(column) }
            }
            guard result.count > start + 1 else { continue }
            // Rare values share a column.
            let sorted = result[start...].sorted()
            result.removeSubrange(start...)
            for column in sorted where result.count == start || result[result.count - 1] != column {
                result.append(column)
            }
        }
        return result
    }

    private func column(
        of value: String,
        in table: AttributeTable,
        of id: ProductID
    ) throws(RecError) -> UInt32? {
        if let column = table.columnOfValue[ByteString(value)] { return column }
        switch unknown {
        case .ignore: return nil
        case .infrequentIfExists: return table.infrequentColumn
        case .error:
            throw RecError(
                .unknownCategory,
                "Product \(id) has \(table.name) '\(value)', which is none of the \(table.knownCount) known values. "
                    + "Make the encoder anew with products that have it, or let it ignore unknown values."
            )
        }
    }

    private func missingColumn(in table: AttributeTable, of id: ProductID) throws(RecError) -> UInt32? {
        switch (missing, unknown) {
        case (.ignore, _): return nil
        case (.category, _) where table.missingColumn != nil: return table.missingColumn
        case (.category, .ignore): return nil
        case (.category, .infrequentIfExists): return table.infrequentColumn
        case (.category, .error), (.error, _):
            throw RecError(
                .missingValue,
                "Product \(id) lacks \(table.name). Fill it in, or let the encoder ignore missing values."
            )
        }
    }

    /// Whether a product may have no column set in an attribute.
    func mayBeZero(attribute index: Int) -> Bool {
        missing == .ignore || unknown == .ignore
            || unknown == .infrequentIfExists && tables[index].infrequentColumn == nil
    }
}
