package import RecCore

extension RecError.Code {
    /// The file is larger than the limit.
    package static let fileTooLarge = RecError.Code("file-too-large", .tooLarge)
    /// The file is a Git LFS pointer, not the content itself.
    package static let gitLFSPointer = RecError.Code("git-lfs-pointer", .unsupportedMedia)
    /// The file is not a table in text; the message names its probable format.
    package static let notCSV = RecError.Code("not-csv", .unsupportedMedia)
    /// The file is not JSON Lines: no line of it is an object.
    package static let notJSONLines = RecError.Code("not-json-lines", .unsupportedMedia)
    /// The table lacks a required column.
    package static let missingColumn = RecError.Code("missing-column", .unprocessable)
    /// The folder holds more than one catalogue.
    package static let ambiguousCatalogue = RecError.Code("ambiguous-catalogue", .unprocessable)
    /// A product has an unknown value, and the encoder's policy is to refuse it.
    package static let unknownCategory = RecError.Code("unknown-category", .unprocessable)
    /// A product lacks an attribute that the encoder's policy requires.
    package static let missingValue = RecError.Code("missing-value", .unprocessable)
    /// There are no products to learn categories from.
    package static let noProducts = RecError.Code("no-products", .unprocessable)
    /// The encoder cannot have produced this row.
    package static let notInvertible = RecError.Code("not-invertible", .unprocessable)
    /// The file is not Parquet.
    package static let notParquet = RecError.Code("not-parquet", .unsupportedMedia)
    /// The table is damaged: a rule of its format is broken.
    package static let corruptTable = RecError.Code("corrupt-table", .unprocessable)
    /// The table uses a feature of its format that is not supported.
    package static let unsupportedTable = RecError.Code("unsupported-table", .unsupportedMedia)
    /// The files of embeddings are not as documented: no recipe, no row, or different vectors for one picture.
    package static let invalidEmbeddings = RecError.Code("invalid-embeddings", .unprocessable)
}
