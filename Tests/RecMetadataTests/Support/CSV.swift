import RecCore
import RecMetadata

/// Reads a table that is written out in a test.
func read(_ text: String, format: CSVFormat = CSVFormat()) throws -> Catalogue {
    try CSVCatalogue(bytes: Array(text.utf8), name: "test.csv", format: format).read()
}

extension CatalogueIssues {
    /// Line and kind of each issue, as in `3 short-row`.
    var places: [String] {
        listed.map { "\($0.line ?? 0) \($0.kind.rawValue)" }
    }
}
