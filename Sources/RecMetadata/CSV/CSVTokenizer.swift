internal import RecCore

/// Divides the text of a CSV file into records (RFC 4180), and tolerates deviations from RFC 4180.
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
/// A window of the text is in memory: the record, and what a field that is open may still need.
///
/// - Complexity: O(number of bytes). A byte is read at most twice, because a second reading starts only where no
///   other field can open a quote.
struct CSVTokenizer {
    /// The record that ``next()`` read.
    private(set) var record = CSVRecord()

    /// Where the record begins in the window, unless the window was moved since.
    private(set) var recordStart = 0

    private(set) var buffer: TextBuffer
    private let delimiter: UInt8
    private let maximumFieldSize: Int
    private let maximumFieldCount: Int
    private let maximumRowSize: Int
    private var position: Int
    private var line: Int

    private static let quote: UInt8 = 0x22
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
    private static let space: UInt8 = 0x20
    private static let tab: UInt8 = 0x09

    /// The bytes before the next record that stay in the window, so that it is moved seldom.
    private static let keptSize = 1 << 17

    /// Creates a tokenizer whose first record begins at an index of the window, on this line.
    init(_ buffer: TextBuffer, from start: Int, line: Int, delimiter: CSVFormat.Delimiter, format: CSVFormat) {
        self.buffer = buffer
        position = start
        self.line = line
        self.delimiter = delimiter.rawValue
        maximumFieldSize = format.maximumFieldSize
        maximumFieldCount = format.maximumFieldCount
        maximumRowSize = format.maximumRowSize
    }

    /// Reads the next record into ``record``.
    ///
    /// - Returns: Whether there was one.
    mutating func next() throws(RecError) -> Bool {
        if position > Self.keptSize { moveWindow(to: position) }
        guard try buffer.hasText(at: position) else { return false }
        record.begin(line: line)
        recordStart = position
        let start = position
        repeat {
            try readField()
            if !record.isRejected, position - start > maximumRowSize {
                record.reject("the row has more than \(maximumRowSize) bytes")
            }
            if record.isRejected, position > Self.keptSize { moveWindow(to: position) }
        } while try consumeDelimiter()
        try consumeLineEnd()
        return true
    }

    /// The share of the source that was read so far, above 0.
    var readShare: Double { buffer.share(before: position) }

    /// Whether the record ends before the end of a window of this size.
    func isInside(_ size: Int) -> Bool { position < size }

    private mutating func moveWindow(to start: Int) {
        buffer.removeFirst(start)
        position -= start
    }

    private mutating func consumeDelimiter() throws(RecError) -> Bool {
        guard try buffer.hasText(at: position), buffer.bytes[position] == delimiter else { return false }
        position += 1
        return true
    }

    /// Steps over the line end that `position` is at, if it is at one.
    private mutating func consumeLineEnd() throws(RecError) {
        guard try buffer.hasText(at: position) else { return }
        switch buffer.bytes[position] {
        case Self.lineFeed: position += 1
        case Self.carriageReturn:
            position += 1
            if try buffer.hasText(at: position), buffer.bytes[position] == Self.lineFeed { position += 1 }
        default: return
        }
        line += 1
    }

    /// Reads a field; leaves `position` at the delimiter, line end or end of file after it.
    private mutating func readField() throws(RecError) {
        if try buffer.hasText(at: position), buffer.bytes[position] == Self.quote {
            if try readQuotedField() { return }
            record.note(.unclosedQuote, line: line, "a quote is opened and never closed; read as a character")
        }
        let start = position
        try skipPlainText()
        if !record.isRejected { store(start..<position, isInScratch: false) }
    }

    /// Moves `position` to the next delimiter or line end, or to the end of the file.
    ///
    /// A text beyond all limits rejects the record, and its bytes leave the window.
    private mutating func skipPlainText() throws(RecError) {
        let start = position
        while true {
            position = endOfPlainText(from: position)
            guard position == buffer.bytes.count else { return }
            if record.isRejected || position - start > maximumFieldSize {
                record.reject("a field has more than \(maximumFieldSize) bytes")
                moveWindow(to: position)
            }
            guard try buffer.extend() else { return }
        }
    }

    /// The index of the first delimiter or line end, or the end of the window.
    private func endOfPlainText(from start: Int) -> Int {
        let bytes = buffer.bytes.span
        let delimiter = delimiter
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn { break }
            index += 1
        }
        return index
    }

    /// Reads a quoted field; leaves everything as it was and returns `false` when it never closes.
    private mutating func readQuotedField() throws(RecError) -> Bool {
        let opening = position
        var index = opening + 1
        var lineEnds = 0
        var doubledCount = 0
        while true {
            guard try buffer.hasText(at: index), index - opening - 1 - doubledCount <= maximumFieldSize else {
                return false
            }
            let byte = buffer.bytes[index]
            if byte == Self.lineFeed {
                lineEnds += buffer.bytes[index - 1] == Self.carriageReturn ? 0 : 1
            } else if byte == Self.carriageReturn {
                lineEnds += 1
            } else if byte == Self.quote {
                guard try buffer.hasText(at: index + 1), buffer.bytes[index + 1] == Self.quote else { break }
                doubledCount += 1
                index += 1
            }
            index += 1
        }
        var end = index + 1
        while try buffer.hasText(at: end), buffer.bytes[end] == Self.space || buffer.bytes[end] == Self.tab,
            buffer.bytes[end] != delimiter
        {
            end += 1
        }
        let hasTail = try buffer.hasText(at: end) && endOfPlainText(from: end) > end
        if hasTail, lineEnds > 0 { return false }
        record.hasQuotes = true
        if !hasTail, doubledCount == 0 {
            store(opening + 1..<index, isInScratch: false)
            position = end
            line += lineEnds
            return true
        }
        let start = record.scratch.count
        appendUndoubled(opening + 1..<index)
        position = index + 1
        if hasTail {
            record.note(.textAfterQuote, line: line, "a quoted field has text after its closing quote")
            try skipPlainText()
            if !record.isRejected { record.scratch += buffer.bytes[index + 1..<position] }
        } else {
            position = end
        }
        if !record.isRejected { store(start..<record.scratch.count, isInScratch: true) }
        line += lineEnds
        return true
    }

    /// Appends a stretch of the window to the scratch, one quote for two.
    private mutating func appendUndoubled(_ range: Range<Int>) {
        var isSecond = false
        for index in range {
            let byte = buffer.bytes[index]
            isSecond = byte == Self.quote && !isSecond
            if byte != Self.quote || isSecond { record.scratch.append(byte) }
        }
    }

    private mutating func store(_ range: Range<Int>, isInScratch: Bool) {
        guard !record.isRejected else { return }
        guard range.count <= maximumFieldSize else {
            return record.reject("a field has more than \(maximumFieldSize) bytes")
        }
        guard record.fields.count < maximumFieldCount else {
            return record.reject("the row has more than \(maximumFieldCount) fields")
        }
        guard hasNUL(range, isInScratch: isInScratch) else {
            record.fields.append(.init(range: range, isInScratch: isInScratch, line: line))
            return
        }
        let start = record.scratch.count
        record.scratch += (isInScratch ? record.scratch[range] : buffer.bytes[range]).filter { $0 != 0 }
        record.fields.append(.init(range: start..<record.scratch.count, isInScratch: true, line: line))
        record.note(.nulBytes, line: line, "NUL bytes removed")
    }

    private func hasNUL(_ range: Range<Int>, isInScratch: Bool) -> Bool {
        let bytes = isInScratch ? record.scratch.span : buffer.bytes.span
        for index in range where bytes[index] == 0 { return true }
        return false
    }
}
