/// The line `sep=;` that spreadsheets write and read before the header.
struct CSVSeparatorLine {
    /// The character that the line names; `nil` when it is more than one or none.
    let separator: UInt8?

    /// The length of the line with its line end.
    let length: Int

    /// Reads the line at the beginning of a text; `nil` when there is none.
    ///
    /// The line may be quoted, and delimiters may follow, as in a table that was saved again.
    init?(_ text: [UInt8]) {
        let limit = 256
        guard let end = text.prefix(limit).firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
        var line = text[..<end]
        while line.first == 0x20 { line.removeFirst() }
        if line.first == 0x22 { line.removeFirst() }
        guard line.prefix(4).map({ $0 | 0x20 }) == Array("sep=".utf8).map({ $0 | 0x20 }) else { return nil }
        line = line.dropFirst(4)
        let named = line.first
        var rest = line.dropFirst()
        if named != 0x22, rest.first == 0x22 { rest.removeFirst() }
        let isRest = rest.allSatisfy { $0 == 0x20 || CSVFormat.Delimiter(rawValue: $0) != nil }
        separator = isRest && named != 0x22 ? named : nil
        let isPair = text[end] == 0x0D && end + 1 < text.count && text[end + 1] == 0x0A
        length = end + (isPair ? 2 : 1)
    }
}
