/// One record of a CSV file: its fields, and what was odd about them.
struct CSVRecord {
    /// The line on which the record begins, counted from 1.
    let line: Int

    /// The texts of the fields, unquoted, exactly as written.
    var fields: [String] = []

    /// What was repaired to get at the fields.
    private(set) var repairs: [CatalogueIssue] = []

    /// Why the record cannot be used, if that is so; the fields are incomplete then.
    var rejection: CatalogueIssue?

    /// Whether a field is quoted.
    var hasQuotes = false

    /// Notes a repair, unless the record is rejected anyway: an endless row must not give endless complaints.
    mutating func note(_ kind: CatalogueIssue.Kind, line: Int, _ message: String) {
        if rejection == nil { repairs.append(CatalogueIssue(kind, line: line, message)) }
    }

    /// Whether the record is a line with nothing on it.
    var isBlank: Bool {
        fields.count == 1 && !hasQuotes && rejection == nil && fields[0].trimmingBlanks().isEmpty
    }
}
