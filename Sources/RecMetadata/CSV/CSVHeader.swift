internal import RecCore

/// The roles of the columns of a table, from its first record.
struct CSVHeader {
    /// The use of a column.
    enum Role: Hashable {
        /// The identifier of the product.
        case id
        /// The text shown to people.
        case title
        /// An attribute of that name.
        case attribute(String)
        /// An unused column.
        case unused
    }

    /// The use of each column, without nameless columns at the end.
    let roles: [Role]

    /// The name of each column.
    let names: [String]

    /// The number of columns, with nameless columns at the end.
    let writtenCount: Int

    /// The notices about the columns.
    let notices: [CatalogueIssue]

    /// The position of the identifier in a row.
    let idIndex: Int

    /// Whether the last column is the free text, so that delimiters in it may explain a row that is too long.
    var endsWithTitle: Bool { roles.last == .title }

    /// The names of the attributes in the order of their columns.
    let attributeNames: [String]

    /// Assigns the roles of the columns in the tokenizer's record; `nil` when none of them is the identifier.
    init?(_ tokenizer: CSVTokenizer, format: CSVFormat) {
        let record = tokenizer.record
        var names = record.fields.indices.map { tokenizer.text(of: $0).text.trimmingBlanks() }
        writtenCount = names.count
        while let last = names.last, Self.isNameless(last) { names.removeLast() }
        guard let idIndex = Self.index(of: format.idColumn, in: names) else { return nil }
        self.idIndex = idIndex
        let titleIndex = Self.index(of: format.titleColumn, in: names)
        var notices: [CatalogueIssue] = []
        var seen: [String: Int] = [:]
        let roles: [Role] = names.enumerated().map { index, name in
            if Self.isNameless(name) {
                notices.append(
                    CatalogueIssue(.unnamedColumn, line: record.line, "column \(index + 1) has no name and is not used")
                )
                return .unused
            }
            if let earlier = seen[name] {
                notices.append(
                    CatalogueIssue(
                        .duplicateColumn,
                        line: record.line,
                        "columns \(earlier + 1) and \(index + 1) are both named '\(name)'; the first is used"
                    )
                )
                return .unused
            }
            seen[name] = index
            return index == idIndex ? .id : index == titleIndex ? .title : .attribute(name)
        }
        self.roles = roles
        self.notices = notices + record.repairs
        self.names = names
        attributeNames = roles.compactMap { if case .attribute(let name) = $0 { name } else { nil } }
    }

    /// Whether a column has no name, or one that pandas makes up for a column without a name.
    private static func isNameless(_ name: String) -> Bool {
        name.isEmpty || name.hasPrefix("Unnamed: ") && name.dropFirst(9).allSatisfy(\.isNumber)
    }

    private static func index(of name: String, in names: [String]) -> Int? {
        names.firstIndex { ByteString($0) == ByteString(name) } ?? names.firstIndex(of: name)
            ?? names.firstIndex { $0.lowercased() == name.lowercased() }
    }
}
