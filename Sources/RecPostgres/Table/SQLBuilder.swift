/// Collects the parameters of a statement while its text is written.
struct SQLBuilder {
    private(set) var parameters: [PostgresValue] = []

    /// Adds a parameter; returns its place in the text.
    mutating func bind(_ value: PostgresValue) -> String {
        parameters.append(value)
        return "$\(parameters.count)"
    }

    /// The statement of a text.
    func statement(_ sql: String) -> PostgresStatement { PostgresStatement(sql, parameters) }
}

/// Names in SQL.
enum SQLName {
    /// The most bytes of a name; PostgreSQL cuts longer ones off.
    static let limit = 63

    /// A name that stands for itself, whatever its characters.
    static func quoted(_ name: String) -> String {
        var text = "\""
        for character in name.unicodeScalars {
            if character == "\"" { text += "\"" }
            text.unicodeScalars.append(character)
        }
        return text + "\""
    }

    /// A text as a constant; for statements that take no parameters.
    static func constant(_ text: String) -> String {
        var result = "'"
        for character in text.unicodeScalars {
            if character == "'" { result += "'" }
            result.unicodeScalars.append(character)
        }
        return result.contains("\\") ? " E" + result.replacing("\\", with: "\\\\") + "'" : result + "'"
    }
}
