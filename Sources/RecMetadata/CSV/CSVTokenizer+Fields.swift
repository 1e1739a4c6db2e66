internal import RecFiles

extension CSVTokenizer {
    /// The bytes of a field of the record.
    func bytes(of field: Int) -> ArraySlice<UInt8> {
        let field = record.fields[field]
        return field.isInScratch ? record.scratch[field.range] : buffer.bytes[field.range]
    }

    /// The text of a field of the record, and whether bytes that are no characters were replaced in it.
    func text(of field: Int) -> (text: String, isDamaged: Bool) {
        let field = record.fields[field]
        let source = field.isInScratch ? record.scratch : buffer.bytes
        let span = source.span.extracting(field.range)
        if let text = span.validText { return (text, false) }
        return (span.text, true)
    }

    /// Whether a field of the record has nothing but blanks.
    func isBlank(_ field: Int) -> Bool {
        bytes(of: field).allSatisfy { $0 == 0x20 } || text(of: field).text.trimmingBlanks().isEmpty
    }

    /// Whether the record is a blank line.
    var isBlankLine: Bool {
        record.fields.count == 1 && !record.hasQuotes && !record.isRejected && isBlank(0)
    }
}
