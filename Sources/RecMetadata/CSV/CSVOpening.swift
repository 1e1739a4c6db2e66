internal import RecCore

/// The beginning of a table: its delimiter, where its header is, and what its first rows show.
struct CSVOpening {
    let delimiter: CSVFormat.Delimiter
    let header: CSVHeader
    let profile: CSVProfile

    /// Where the header begins.
    private(set) var start = 0
    /// The line on which it begins.
    private(set) var line = 1
    /// The number of blank lines before it.
    private(set) var blankLineCount = 0

    /// The number of bytes at the beginning in which the header must end.
    static let sampleSize = 1 << 20

    /// Reads the header, the first record that is not blank, with each delimiter in turn until there is an identifier.
    ///
    /// The text is the beginning of the table, or all of it.
    init(_ text: [UInt8], isComplete: Bool, name: String, format: CSVFormat) throws(RecError) {
        var delimiters = format.delimiter.map { [$0] }
        if let separatorLine = CSVSeparatorLine(text) {
            start = separatorLine.length
            line = 2
            let named = separatorLine.separator.flatMap { CSVFormat.Delimiter(rawValue: $0) }
            guard let chosen = delimiters ?? named.map({ [$0] }) else {
                throw RecError(
                    .notCSV,
                    path: name,
                    line: 1,
                    "The first line names a delimiter that this version does not know. Use a comma, a semicolon, a tab or a "
                        + "vertical bar."
                )
            }
            delimiters = chosen
        }
        var first: CSVTokenizer?
        for delimiter in delimiters ?? CSVFormat.Delimiter.allCases {
            var tokenizer = CSVTokenizer(
                TextBuffer(whole: text),
                from: start,
                line: line,
                delimiter: delimiter,
                format: format
            )
            var blankLines = 0
            var isFound = try tokenizer.next()
            while isFound, tokenizer.isBlankLine {
                blankLines += 1
                isFound = try tokenizer.next()
            }
            guard isFound else { continue }
            if !tokenizer.record.isRejected, isComplete || tokenizer.isInside(text.count),
                let header = CSVHeader(tokenizer, format: format)
            {
                self.delimiter = delimiter
                self.header = header
                profile = try CSVProfile(tokenizer, header: header, format: format)
                blankLineCount = blankLines
                start = tokenizer.recordStart
                line = tokenizer.record.line
                return
            }
            first = first ?? tokenizer
        }
        throw Self.refusal(first, name: name, format: format)
    }

    /// Why there is no header.
    private static func refusal(_ tokenizer: CSVTokenizer?, name: String, format: CSVFormat) -> RecError {
        guard let tokenizer else {
            return RecError(.emptyFile, path: name, "The file has blank lines only; a header is needed.")
        }
        let record = tokenizer.record
        if let rejection = record.rejection {
            return RecError(.missingColumn, path: name, line: record.line, "The header cannot be read: \(rejection).")
        }
        let found = record.fields.indices.prefix(20)
            .map { String(tokenizer.text(of: $0).text.prefix(40)).debugDescription }.joined(separator: ", ")
        return RecError(
            .missingColumn,
            path: name,
            line: record.line,
            "The header has no column '\(format.idColumn)'; it has \(found). Add one, or set CSVFormat.idColumn."
        )
    }
}
