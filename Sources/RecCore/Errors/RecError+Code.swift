extension RecError {
    /// The code of an error: a stable name, for logs, JSON and comparisons, and the kind of fault.
    ///
    /// Modules add their codes as static members, so a new code breaks no host. Codes that a program may want to act on
    /// beyond their kind have a public member; compare others by ``name``.
    public struct Code: Sendable, Hashable {
        /// The stable name in kebab case.
        public let name: String

        /// The kind of fault.
        package let kind: Kind

        /// Names a code.
        public init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }
}

extension RecError.Code {
    /// A setting is out of its documented range.
    package static let invalidSetting = RecError.Code("invalid-setting", .configuration)
    /// There is no file or folder at the path.
    public static let fileNotFound = RecError.Code("file-not-found", .storage)
    /// The file or folder cannot be opened or read.
    package static let unreadableFile = RecError.Code("unreadable-file", .storage)
    /// The file cannot be written; what was there before is unchanged.
    package static let unwritable = RecError.Code("unwritable", .storage)
    /// Another process, or another value in this one, is using the file or folder.
    public static let inUse = RecError.Code("in-use", .busy)
    /// The file, or the picture in memory, is empty.
    package static let emptyFile = RecError.Code("empty-file", .unprocessable)
    /// A vector is empty, has zero length, or holds a value that is not finite.
    package static let invalidVector = RecError.Code("invalid-vector", .unprocessable)
    /// A vector or code list does not fit the required dimension.
    package static let dimensionMismatch = RecError.Code("dimension-mismatch", .invalidRequest)
    /// Two embeddings, or an embedding and an index, were made by different recipes.
    public static let recipeMismatch = RecError.Code("recipe-mismatch", .configuration)
    /// An embedding shares no block with the space it is used in.
    public static let noSharedBlock = RecError.Code("no-shared-block", .unprocessable)
    /// A weight is negative, not finite, or all weights are zero.
    package static let invalidWeight = RecError.Code("invalid-weight", .invalidRequest)
    /// A count, threshold or other parameter of a query is out of its documented range.
    public static let invalidQuery = RecError.Code("invalid-query", .invalidRequest)
    /// A product cannot be indexed as it is, for example because its identifier is empty.
    public static let invalidProduct = RecError.Code("invalid-product", .unprocessable)
    /// No product of the index has this identifier.
    public static let unknownProduct = RecError.Code("unknown-product", .notFound)
    /// A product that a query pins is not in the index.
    package static let unknownPin = RecError.Code("unknown-pin", .notFound)
    /// No product has this attribute.
    public static let unknownAttribute = RecError.Code("unknown-attribute", .invalidRequest)
    /// A product is in the index already.
    package static let duplicateProduct = RecError.Code("duplicate-product", .conflict)
    /// The stored form of an ``EmbeddingTransform`` is damaged or of another version.
    package static let invalidTransform = RecError.Code("invalid-transform", .configuration)
    /// A server of an engine cannot be reached, or the connection to it broke; try again later.
    package static let unreachable = RecError.Code("unreachable", .busy)
    /// A server of an engine did not answer in the time that the settings allow; try again later.
    package static let deadlineExceeded = RecError.Code("deadline-exceeded", .busy)
    /// An index across a network cannot rank by a formula of the host's own.
    package static let unsupportedFusion = RecError.Code("unsupported-fusion", .invalidRequest)
    /// The publication that fills an index has not ended; wait for it, or run it again.
    package static let unfinishedIndex = RecError.Code("unfinished-index", .busy)
    /// A row of an engine is not what this package wrote.
    package static let damagedRow = RecError.Code("damaged-row", .storage)
    /// An extractor or an index returned another number of results than requested.
    package static let brokenContract = RecError.Code("broken-contract", .internal)
}

extension RecError {
    /// The error for an index that a publication has not filled to its end.
    ///
    /// - Parameter place: What holds the index, with its name.
    /// - Returns: The error.
    package static func unfinishedIndex(_ place: String) -> RecError {
        RecError(
            .unfinishedIndex,
            "The publication that fills \(place) is under way or was stopped, so products are missing. Wait for its end, "
                + "or run it again."
        )
    }
}
