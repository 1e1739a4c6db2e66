/// Names and texts as SQL writes them, whatever their characters.
///
/// It looks at scalars: a quotation mark with a combining accent behind it is one `Character`, but ends a name in SQL.
enum SQLName {
    /// The most bytes of a name; PostgreSQL cuts longer ones off.
    static let limit = 63

    /// A name that stands for itself.
    static func quoted(_ name: String) -> String { "\"" + doubling("\"", in: name) + "\"" }

    /// The name of a table, which may have the name of its schema and a point before it.
    static func relation(_ name: String) -> String { parts(of: name).map(quoted).joined(separator: ".") }

    /// The schema, where one is named, and the table.
    static func parts(of relation: String) -> [String] {
        relation.unicodeScalars.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
    }

    /// A text as a constant, whatever `standard_conforming_strings` is; for statements that take no parameters.
    static func constant(_ text: String) -> String {
        let constant = "'" + doubling("'", in: text) + "'"
        return text.unicodeScalars.contains("\\") ? " E" + doubling("\\", in: constant) : constant
    }

    /// A text with a mark twice wherever it stands.
    static func doubling(_ mark: Unicode.Scalar, in text: String) -> String {
        guard text.unicodeScalars.contains(mark) else { return text }
        return String(text.unicodeScalars.replacing([mark], with: [mark, mark]))
    }
}
