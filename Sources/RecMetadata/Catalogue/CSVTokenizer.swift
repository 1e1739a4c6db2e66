/// Divides the bytes of a CSV file into records (RFC 4180), and tolerates deviations from RFC 4180.
///
/// - Records end with LF, CRLF or CR, in any mixture.
/// - A quote opens a quoted field only as the first byte of a field. Inside, `""` is a quote, and delimiters and line
///   ends are text.
/// - Text after the closing quote is kept, as Python's `csv` does, and reported.
/// - A quoted field that never closes is read again with its quote as an ordinary character, so it ends with its line.
///   "Never" means: the end of the file or the size limit comes first, or, once the field has gone past its first line,
///   a quote is followed by text, and not by another quote, a delimiter or a line end. Without the last rule a stray
///   quote would pair with the opening quote of a later row, and the rows between them would be lost.
///
/// - Complexity: O(number of bytes). A byte is read at most twice, because a second reading starts only where no
///   other field can open a quote.
struct CSVTokenizer {
    private let bytes: [UInt8]
    private let delimiter: UInt8
    private let maximumFieldSize: Int
    private let maximumFieldCount: Int
    private var position: Int
    private var line = 1

    private static let quote: UInt8 = 0x22
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
    private static let space: UInt8 = 0x20
    private static let tab: UInt8 = 0x09

    /// Creates a tokenizer that begins after the byte order mark, if there is one.
    init(_ bytes: [UInt8], delimiter: CSVFormat.Delimiter, format: CSVFormat) {
        self.bytes = bytes
        self.delimiter = delimiter.rawValue
        maximumFieldSize = format.maximumFieldSize
        maximumFieldCount = format.maximumFieldCount
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next record, or `nil` at the end of the file.
    mutating func next() -> CSVRecord? {
        guard position < bytes.count else { return nil }
        var record = CSVRecord(line: line)
        repeat { readField(into: &record) } while consumeDelimiter()
        consumeLineEnd()
        return record
    }

    private mutating func consumeDelimiter() -> Bool {
        guard position < bytes.count, bytes[position] == delimiter else { return false }
        position += 1
        return true
    }

    /// Steps over the line end that `position` is at, if it is at one.
    private mutating func consumeLineEnd() {
        guard position < bytes.count else { return }
        let length = lineEndLength(at: position)
        position += length
        line += length > 0 ? 1 : 0
    }

    /// The number of bytes of the line end at an index: 2 for CRLF, 1 for LF or CR, 0 for anything else.
    private func lineEndLength(at index: Int) -> Int {
        switch bytes[index] {
        case Self.lineFeed: 1
        case Self.carriageReturn: index + 1 < bytes.count && bytes[index + 1] == Self.lineFeed ? 2 : 1
        default: 0
        }
    }

    /// Reads a field; leaves `position` at the delimiter, line end or end of file after it.
    private mutating func readField(into record: inout CSVRecord) {
        if position < bytes.count, bytes[position] == Self.quote {
            if readQuotedField(into: &record) { return }
            record.note(.unclosedQuote, line: line, "a quote is opened and never closed; read as a character")
        }
        let end = endOfPlainText(from: position)
        store(bytes[position..<end], into: &record)
        position = end
    }

    /// Reads a quoted field; leaves everything as it was and returns `false` when it never closes.
    private mutating func readQuotedField(into record: inout CSVRecord) -> Bool {
        var content: [UInt8] = []
        var index = position + 1
        var lineEnds = 0
        while index < bytes.count, content.count <= maximumFieldSize {
            let byte = bytes[index]
            guard byte == Self.quote else {
                let length = lineEndLength(at: index)
                lineEnds += length > 0 ? 1 : 0
                content.append(byte)
                if length == 2 { content.append(Self.lineFeed) }
                index += max(1, length)
                continue
            }
            index += 1
            if index < bytes.count, bytes[index] == Self.quote {
                content.append(Self.quote)
                index += 1
                continue
            }
            let end = endOfPlainText(from: index)
            if bytes[index..<end].contains(where: { $0 != Self.space && $0 != Self.tab }) {
                guard lineEnds == 0 else { return false }
                record.note(.textAfterQuote, line: line, "a quoted field has text after its closing quote")
                content += bytes[index..<end]
            }
            record.hasQuotes = true
            store(content[...], into: &record)
            position = end
            line += lineEnds
            return true
        }
        return false
    }

    /// The index of the first delimiter or line end, or the end of the file.
    private func endOfPlainText(from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn { break }
            index += 1
        }
        return index
    }

    private func store(_ field: ArraySlice<UInt8>, into record: inout CSVRecord) {
        guard field.count <= maximumFieldSize, record.fields.count < maximumFieldCount else {
            guard record.rejection == nil else { return }
            record.rejection = CatalogueIssue(
                .oversizedRow,
                line: record.line,
                field.count > maximumFieldSize
                    ? "a field has \(field.count) bytes; the limit is \(maximumFieldSize)"
                    : "the row has more than \(maximumFieldCount) fields"
            )
            return
        }
        var field = field
        if field.contains(0) {
            field.removeAll { $0 == 0 }
            record.note(.nulBytes, line: line, "NUL bytes removed")
        }
        if let text = String(validating: field, as: UTF8.self) {
            record.fields.append(text)
        } else {
            record.fields.append(String(decoding: field, as: UTF8.self))
            record.note(.invalidUTF8, line: line, "bytes that are not UTF-8 replaced by U+FFFD")
        }
    }
}
