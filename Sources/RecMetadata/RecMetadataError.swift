public import RecCore

/// An error of `RecMetadata`: a catalogue that cannot be read, or attributes that cannot be encoded.
public struct RecMetadataError: RecError, Hashable {
    /// What kind of thing went wrong.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The stable name in kebab case.
        public let description: String

        // MARK: Files

        /// There is no file or folder at the path.
        public static let fileNotFound = Code(description: "file-not-found")
        /// The file or folder cannot be opened or read.
        public static let unreadableFile = Code(description: "unreadable-file")
        /// The file is larger than the limit that was set.
        public static let fileTooLarge = Code(description: "file-too-large")
        /// The file holds nothing, or nothing but blank lines.
        public static let emptyFile = Code(description: "empty-file")
        /// The file stands in for one that Git LFS keeps elsewhere.
        public static let gitLFSPointer = Code(description: "git-lfs-pointer")
        /// The file is no text table in UTF-8; the message says what it looks like.
        public static let notCSV = Code(description: "not-csv")

        // MARK: Catalogues

        /// The table has no column for something that is needed.
        public static let missingColumn = Code(description: "missing-column")
        /// The folder holds more than one catalogue.
        public static let ambiguousCatalogue = Code(description: "ambiguous-catalogue")

        // MARK: Encoding

        /// No product has the attribute.
        public static let unknownAttribute = Code(description: "unknown-attribute")
        /// A product has a value that the encoder does not know and was told to refuse.
        public static let unknownCategory = Code(description: "unknown-category")
        /// A product lacks an attribute that the encoder was told to require.
        public static let missingValue = Code(description: "missing-value")
        /// There are no products to learn categories from.
        public static let noProducts = Code(description: "no-products")
        /// A row is none that the encoder can have made.
        public static let notInvertible = Code(description: "not-invertible")
        /// A setting is out of its documented range.
        public static let invalidSetting = Code(description: "invalid-setting")
    }

    /// What kind of thing went wrong.
    public let code: Code

    /// The file or folder that it went wrong with, if there is one.
    public let path: String?

    /// The line of the file, counted from 1, if there is one.
    public let line: Int?

    /// What was wrong with which thing, and what to do about it; begins with the file and line.
    public let message: String

    /// The stable name of the code in kebab case.
    public var codeName: String { code.description }

    /// Creates an error; `message` is prefixed by path and line where there are any.
    public init(_ code: Code, path: String? = nil, line: Int? = nil, _ message: String) {
        self.code = code
        self.path = path
        self.line = line
        let place = [path, line.map { "line \($0)" }].compactMap(\.self).joined(separator: ", ")
        self.message = place.isEmpty ? message : "\(place): \(message)"
    }
}
