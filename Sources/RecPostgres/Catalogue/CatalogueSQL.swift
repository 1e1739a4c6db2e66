/// SQL around a query of the host's.
enum CatalogueSQL {
    /// A name as an identifier, whatever its characters.
    static func quoted(_ name: some StringProtocol) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// The identifier of a table, which may have the name of its schema and a point before it.
    static func relation(_ name: String) -> String {
        name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map { quoted($0) }.joined(
            separator: "."
        )
    }

    /// A literal of text, whatever `standard_conforming_strings` is.
    static func literal(_ text: String) -> String {
        (text.contains("\\") ? "E" : "") + "'"
            + text.split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
            .split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }

    /// A query in the place of a table; its end may be a semicolon or a comment.
    static func table(_ query: String) -> String {
        let end = query.lastIndex { !$0.isWhitespace && $0 != ";" }
        return "(" + query[..<(end.map { query.index(after: $0) } ?? query.startIndex)] + "\n)"
    }
}
