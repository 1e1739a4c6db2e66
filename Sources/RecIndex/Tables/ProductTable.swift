internal import RecCore

/// The data of the products besides their embeddings, one row for each, ascending by identifier.
///
/// It never changes; copies of a segment share it.
final class ProductTable: Sendable {
    let ids: StringTable
    let titles: OptionalStrings
    let pictures: OptionalStrings

    /// The attributes, ascending by name.
    let columns: [AttributeColumn]

    /// - Precondition: The identifiers ascend strictly.
    init(_ products: [Product]) {
        ids = StringTable(products.map(\.id.rawValue))
        titles = OptionalStrings(products.map(\.title))
        pictures = OptionalStrings(products.map(\.pictureText))
        var cells: [String: [(row: Int, values: ArraySlice<String>)]] = [:]
        for (row, product) in products.enumerated() {
            product.forEachAttribute { name, values in cells[name, default: []].append((row, values)) }
        }
        columns = cells.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { AttributeColumn(name: $0.key, rowCount: products.count, cells: $0.value) }
    }

    init(ids: StringTable, titles: OptionalStrings, pictures: OptionalStrings, columns: [AttributeColumn]) {
        self.ids = ids
        self.titles = titles
        self.pictures = pictures
        self.columns = columns
    }

    var count: Int { ids.count }

    func id(of row: Int) -> ProductID { ProductID(ids[row]) }

    func ids(of rows: some Collection<Int>) -> [ProductID] { ids.strings(at: rows).map { ProductID($0) } }

    /// - Complexity: O(log *n*)
    func row(of id: ProductID) -> Int? { ids.sortedIndex(of: id.rawValue) }

    /// The first row whose identifier comes after another one.
    ///
    /// - Complexity: O(log *n*)
    func firstRow(after id: ProductID?) -> Int {
        guard let id else { return 0 }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if id < self.id(of: middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    func product(at row: Int) -> Product {
        var attributes: [(name: String, values: [String])] = []
        attributes.reserveCapacity(columns.count)
        // A loop over the columns would copy each of them.
        for column in columns.indices {
            let values = columns[column].values(of: row)
            if !values.isEmpty { attributes.append((columns[column].name, values)) }
        }
        var product = Product(id: id(of: row), differentAttributes: attributes, title: titles[row])
        product.pictureText = pictures[row]
        return product
    }

    /// Which rows match a filter.
    ///
    /// - Throws: `RecError` with code `unknownAttribute`.
    func rows(matching filter: AttributeFilter) throws(RecError) -> [Bool] {
        switch filter {
        case .has(let attribute, let values):
            return try column(attribute).rows(withAnyOf: values)
        case .number(let attribute, let range):
            return try column(attribute).rows { range.contains(text: $0) }
        case .all(let filters):
            return try combine(filters, from: true) { $0 && $1 }
        case .any(let filters):
            return try combine(filters, from: false) { $0 || $1 }
        case .not(let filter):
            return try rows(matching: filter).map { !$0 }
        }
    }

    private func column(_ attribute: String) throws(RecError) -> AttributeColumn {
        guard let column = columns.first(where: { $0.name == attribute }) else {
            throw RecError.unknownAttribute(attribute, known: columns.map(\.name))
        }
        return column
    }

    private func combine(
        _ filters: [AttributeFilter],
        from start: Bool,
        _ operation: (Bool, Bool) -> Bool
    ) throws(RecError) -> [Bool] {
        var result = [Bool](repeating: start, count: count)
        for filter in filters {
            let other = try rows(matching: filter)
            for row in result.indices { result[row] = operation(result[row], other[row]) }
        }
        return result
    }
}
