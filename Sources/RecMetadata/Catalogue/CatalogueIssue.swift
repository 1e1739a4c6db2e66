public import RecCore

/// One issue found while reading a catalogue: its kind, line, product and message.
public struct CatalogueIssue: Sendable, Hashable, Codable {
    /// What was noticed.
    ///
    /// The readers of this module repair `joined-fields`, `dropped-blank-fields`, `short-row`, `invalid-utf8`,
    /// `nul-bytes`, `text-after-quote`, `unclosed-quote`, `decimal-integer`, `nested-value`, `duplicate-field` and
    /// `picture-outside`; they skip a row for `missing-id`, `duplicate-id`, `truncated-row`, `long-row`, `shifted-row`,
    /// `invalid-json` and `oversized-row`; and they report
    /// `guessed-encoding`, `duplicate-column`, `unnamed-column`, `missing-folder`, `lost-zeros`, `nested-pictures` and
    /// `missing-picture`. Readers of other sources may add their own kinds.
    public struct Kind: Sendable, Hashable, Codable, CodingKeyRepresentable, RawRepresentable {
        /// The stable name in kebab case.
        public let rawValue: String

        /// Creates a kind from its stable name in kebab case.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        // MARK: Repaired

        /// The row has more fields than the header; the extra fields were joined into the text of the last column.
        package static let joinedFields = Kind(rawValue: "joined-fields")
        /// The row has more fields than the header; the extra fields were blank and were dropped.
        package static let droppedBlankFields = Kind(rawValue: "dropped-blank-fields")
        /// The row ends before the last column; the rest counts as missing.
        package static let shortRow = Kind(rawValue: "short-row")
        /// Bytes that are not UTF-8 were replaced by U+FFFD.
        package static let invalidUTF8 = Kind(rawValue: "invalid-utf8")
        /// NUL bytes were removed.
        package static let nulBytes = Kind(rawValue: "nul-bytes")
        /// A quoted field has text after its closing quote; the text was kept.
        package static let textAfterQuote = Kind(rawValue: "text-after-quote")
        /// A quote is opened and never closed; it was read as an ordinary character.
        package static let unclosedQuote = Kind(rawValue: "unclosed-quote")
        /// A whole number was written with a decimal point, as spreadsheets and pandas do.
        package static let decimalInteger = Kind(rawValue: "decimal-integer")

        /// A field of an object is an object, or has one; it is not used.
        package static let nestedValue = Kind(rawValue: "nested-value")
        /// An object has two fields of one name; the first counts.
        package static let duplicateField = Kind(rawValue: "duplicate-field")
        /// The path of a picture leads out of the folder, or is no path; it is not used.
        package static let pictureOutside = Kind(rawValue: "picture-outside")

        // MARK: Skipped

        /// The row has no identifier.
        package static let missingID = Kind(rawValue: "missing-id")
        /// An earlier row has the same identifier.
        package static let duplicateID = Kind(rawValue: "duplicate-id")
        /// The row has only an identifier, like the last row of a truncated file.
        package static let truncatedRow = Kind(rawValue: "truncated-row")
        /// The row has more fields than the header, and the last column is not the free text.
        package static let longRow = Kind(rawValue: "long-row")
        /// The row has too many or too few fields, and its values stand in the wrong columns.
        package static let shiftedRow = Kind(rawValue: "shifted-row")
        /// The line is not a JSON object.
        package static let invalidJSON = Kind(rawValue: "invalid-json")
        /// A field or a row exceeds the limits.
        package static let oversizedRow = Kind(rawValue: "oversized-row")

        // MARK: Noticed

        /// The encoding of the text was chosen without a byte order mark.
        package static let guessedEncoding = Kind(rawValue: "guessed-encoding")
        /// Two columns have the same name; the first is used.
        package static let duplicateColumn = Kind(rawValue: "duplicate-column")
        /// A column has no name and is not used.
        package static let unnamedColumn = Kind(rawValue: "unnamed-column")
        /// There is no folder of pictures.
        package static let missingFolder = Kind(rawValue: "missing-folder")
        /// Files have the identifiers of products with leading zeros.
        package static let lostZeros = Kind(rawValue: "lost-zeros")
        /// Pictures lie in folders within the folder of pictures.
        package static let nestedPictures = Kind(rawValue: "nested-pictures")
        /// There is no picture for the product.
        package static let missingPicture = Kind(rawValue: "missing-picture")
    }

    /// What was noticed.
    public let kind: Kind

    /// The line of the file on which the row or field begins, counted from 1; `nil` where there are no lines.
    public let line: Int?

    /// The product, where it is known.
    public let product: ProductID?

    /// A description, without line and product.
    public let message: String

    /// Creates an issue.
    public init(_ kind: Kind, line: Int? = nil, product: ProductID? = nil, _ message: String) {
        self.kind = kind
        self.line = line
        self.product = product
        self.message = message
    }
}

extension CatalogueIssue: CustomStringConvertible {
    /// Line, product and message as one line of text.
    public var description: String {
        let place = [line.map { "line \($0)" }, product.map { "product \($0)" }].compactMap(\.self)
        return place.isEmpty ? message : "\(place.joined(separator: ", ")): \(message)"
    }
}
