import RecCore

/// The format of a table of products: the roles of its columns, the markers of missing values, and the limits.
///
/// The defaults fit the Kaggle *Fashion Product Images Dataset* and copies of it that a spreadsheet or pandas has
/// written.
public struct CSVFormat: Sendable, Hashable {
    package var idColumn: String
    package var titleColumn: String
    package var missingMarkers: Set<String>
    package var integerColumns: Set<String>
    package var valueSeparators: [String: Character]
    package var delimiter: Delimiter?
    package var encoding: TextEncoding?
    package var maximumFileSize: Int

    /// The largest number of bytes in a field; 1 or more.
    package var maximumFieldSize = 1 << 20

    /// The largest number of fields in a row; 1 or more.
    package var maximumFieldCount = 4096

    /// The largest number of bytes in a row; 1 or more.
    package var maximumRowSize = 1 << 24

    /// The largest number of issues that each list of the report keeps.
    package var issueListLimit = 100_000

    /// Creates a format; it is checked when a table is read.
    ///
    /// - Parameters:
    ///   - idColumn: The column that identifies a product. Case is ignored if no column has exactly this name.
    ///   - titleColumn: The optional column of the displayed name, which becomes `Product.title`. If it is the last
    ///     column, the extra fields of a row with too many are joined into the text, unless the values of the other
    ///     columns show that the delimiter was in one of them.
    ///   - missingMarkers: The texts that mark a missing value, without blanks around them; `nil` for those of pandas
    ///     `read_csv`.
    ///   - integerColumns: The columns whose whole numbers lose a decimal part of zeros: `2011.0` is read as `2011`.
    ///     pandas writes such numbers when a column of whole numbers has a gap. Identifiers are always read this way.
    ///   - valueSeparators: The columns that hold several values in a cell, each with the character between the values:
    ///     `["tags": "|"]`.
    ///   - delimiter: The character between fields. `nil` takes the one that a first line `sep=;` names, as spreadsheets
    ///     write it, or else the first of comma, semicolon, tab and vertical bar that gives a header with an identifier
    ///     column.
    ///   - encoding: The encoding of the text. `nil` takes that of the byte order mark. Without a mark it is UTF-8, or
    ///     UTF-16 or UTF-32 where the header can be read that way only, or Windows-1252 where no byte above 7F belongs
    ///     to a character in UTF-8. The report mentions a choice without a mark.
    ///   - maximumFileSize: The greatest size of a file, in bytes; 1 or more.
    public init(
        idColumn: String = "id",
        titleColumn: String = "productDisplayName",
        missingMarkers: Set<String>? = nil,
        integerColumns: Set<String> = ["year"],
        valueSeparators: [String: Character] = [:],
        delimiter: Delimiter? = nil,
        encoding: TextEncoding? = nil,
        maximumFileSize: Int = 1 << 28
    ) {
        self.idColumn = idColumn
        self.titleColumn = titleColumn
        self.missingMarkers = missingMarkers ?? Self.pandasMissingMarkers
        self.integerColumns = integerColumns
        self.valueSeparators = valueSeparators
        self.delimiter = delimiter
        self.encoding = encoding
        self.maximumFileSize = maximumFileSize
    }

    /// A character between fields.
    public enum Delimiter: UInt8, Sendable, Hashable, CaseIterable {
        /// A comma.
        case comma = 0x2C
        /// A semicolon, as spreadsheets write in countries with a decimal comma.
        case semicolon = 0x3B
        /// A tab.
        case tab = 0x09
        /// A vertical bar.
        case verticalBar = 0x7C
    }

    /// The default markers of missing values in pandas `read_csv`.
    package static let pandasMissingMarkers: Set<String> = [
        "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA",
        "NULL", "NaN", "None", "n/a", "nan", "null",
    ]

    /// Checks the documented ranges.
    func validate() throws(RecError) {
        let limits = [
            ("maximumFileSize", maximumFileSize), ("maximumFieldSize", maximumFieldSize),
            ("maximumFieldCount", maximumFieldCount), ("maximumRowSize", maximumRowSize),
        ]
        if let (name, value) = limits.first(where: { $0.1 < 1 }) {
            throw RecError(.invalidSetting, "The format's \(name) is \(value); it must be 1 or more.")
        }
    }
}
