public import RecCore

extension RecError.Code {
    /// The file is larger than the limit that was set.
    public static let fileTooLarge = RecError.Code("file-too-large", .tooLarge)
    /// The file stands in for one that Git LFS keeps elsewhere.
    public static let gitLFSPointer = RecError.Code("git-lfs-pointer", .unsupportedMedia)
    /// The file is no text table in UTF-8; the message says what it looks like.
    public static let notCSV = RecError.Code("not-csv", .unsupportedMedia)
    /// The table has no column for something that is needed.
    public static let missingColumn = RecError.Code("missing-column", .unprocessable)
    /// The folder holds more than one catalogue.
    public static let ambiguousCatalogue = RecError.Code("ambiguous-catalogue", .unprocessable)
    /// A product has a value that the encoder does not know and was told to refuse.
    public static let unknownCategory = RecError.Code("unknown-category", .unprocessable)
    /// A product lacks an attribute that the encoder was told to require.
    public static let missingValue = RecError.Code("missing-value", .unprocessable)
    /// There are no products to learn categories from.
    public static let noProducts = RecError.Code("no-products", .unprocessable)
    /// A row is none that the encoder can have made.
    package static let notInvertible = RecError.Code("not-invertible", .unprocessable)
}
