/// An error thrown by `RecCore` and by any implementation of its protocols for the same reasons.
public struct RecCoreError: RecError, Hashable {
    /// What kind of thing went wrong.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The stable name in kebab case.
        public let description: String

        /// Names a kind of error.
        package init(description: String) {
            self.description = description
        }

        /// A vector is empty, has zero length, or holds a value that is not finite.
        public static let invalidVector = Code(description: "invalid-vector")
        /// A vector or code list does not fit the dimension that is asked for.
        public static let dimensionMismatch = Code(description: "dimension-mismatch")
        /// Two embeddings, or an embedding and an index, were made by different recipes.
        public static let recipeMismatch = Code(description: "recipe-mismatch")
        /// An embedding shares no block with the space it is used in.
        public static let noSharedBlock = Code(description: "no-shared-block")
        /// A weight is negative, not finite, or all weights are zero.
        public static let invalidWeight = Code(description: "invalid-weight")
        /// A count, threshold or other parameter of a query is out of its documented range.
        public static let invalidQuery = Code(description: "invalid-query")
        /// A product cannot be indexed as it is, for example because its identifier is empty.
        public static let invalidProduct = Code(description: "invalid-product")
        /// No product of the index has this identifier.
        public static let unknownProduct = Code(description: "unknown-product")
        /// No product of the index has this attribute.
        public static let unknownAttribute = Code(description: "unknown-attribute")
        /// A product is in the index already.
        public static let duplicateProduct = Code(description: "duplicate-product")
    }

    /// What kind of thing went wrong.
    public let code: Code

    /// What was wrong with which thing, and what to do about it.
    public let message: String

    /// The stable name of the code in kebab case.
    public var codeName: String { code.description }

    /// Creates an error; implementations of the protocols in this module throw the same codes.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
