/// One record of a CSV file: its fields, and the repairs to them.
struct CSVRecord {
    /// The line on which the record begins, counted from 1.
    let line: Int

    /// The texts of the fields, unquoted, exactly as written.
    var fields: [String] = []

    /// The repairs that were needed to read the fields.
    private(set) var repairs: [CatalogueIssue] = []

    /// The reason why the record is unusable, if it is; its fields are then incomplete.
    var rejection: CatalogueIssue?

    /// Whether a field is quoted.
    var hasQuotes = false

    /// Records a repair, unless the record is rejected anyway: an endless row must not create endless issues.
    mutating func note(_ kind: CatalogueIssue.Kind, line: Int, _ message: String) {
        if rejection == nil { repairs.append(CatalogueIssue(kind, line: line, message)) }
    }

    /// Whether the record is a blank line.
    var isBlank: Bool {
        fields.count == 1 && !hasQuotes && rejection == nil && fields[0].trimmingBlanks().isEmpty
    }
}
