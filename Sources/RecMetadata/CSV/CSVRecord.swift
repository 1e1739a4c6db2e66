/// One record of a CSV file: where its fields are, and the repairs to them.
struct CSVRecord {
    /// A field: a stretch of the window of text, or of ``scratch`` where it is not as written.
    struct Field {
        let range: Range<Int>
        let isInScratch: Bool
        /// The line on which the field begins.
        let line: Int
    }

    /// The line on which the record begins, counted from 1.
    var line = 1

    /// The fields, unquoted.
    var fields: [Field] = []

    /// The bytes of fields with doubled quotes or text after quotes.
    var scratch: [UInt8] = []

    /// The repairs that were needed to read the fields.
    private(set) var repairs: [CatalogueIssue] = []

    /// The reason why the record is unusable, if it is; its fields are then incomplete.
    private(set) var rejection: CatalogueIssue?

    /// Whether the record is unusable.
    private(set) var isRejected = false

    /// Whether a field is quoted.
    var hasQuotes = false

    /// Begins a record, and keeps the memory of the one before.
    mutating func begin(line: Int) {
        self.line = line
        fields.removeAll(keepingCapacity: true)
        scratch.removeAll(keepingCapacity: true)
        if !repairs.isEmpty { repairs = [] }
        if isRejected { (rejection, isRejected) = (nil, false) }
        hasQuotes = false
    }

    /// Records a repair, unless the record is rejected anyway: an endless row must not create endless issues.
    mutating func note(_ kind: CatalogueIssue.Kind, line: Int, _ message: String) {
        if !isRejected { repairs.append(CatalogueIssue(kind, line: line, message)) }
    }

    /// Rejects the record, unless it is rejected already.
    mutating func reject(_ message: String) {
        guard !isRejected else { return }
        isRejected = true
        rejection = CatalogueIssue(.oversizedRow, line: line, message)
    }
}
