public import RecCore

extension OneHotEncoder {
    /// Creates an encoder with the categories of some products, or with given ones.
    ///
    /// - Parameters:
    ///   - products: The source of categories and frequencies.
    ///   - attributes: The attributes in the order of their columns.
    ///   - unknown: The policy for values that are not among the categories, also in `products`.
    ///   - missing: The policy for attributes that a product lacks, also in `products`.
    /// - Throws: `RecError` with code
    ///   - `invalidSetting` when an encoding is out of its ranges, there is none, two have the same name, or none has a
    ///     weight;
    ///   - `noProducts` when there are no products but categories must be learned from them;
    ///   - `unknownAttribute` when no product has an attribute whose categories must come from the data;
    ///   - `unknownCategory`, `missingValue` when the policies refuse a product.
    /// - Complexity: O(number of products and values)
    public init(
        fitting products: [Product],
        attributes: [AttributeEncoding],
        unknown: UnknownPolicy = .ignore,
        missing: MissingPolicy = .ignore
    ) throws(RecError) {
        try Self.check(attributes)
        var columns: [AttributeSpace.Attribute] = []
        for attribute in attributes { columns.append(try CategoryCounts(attribute, products, unknown, missing).folded) }
        self.init(space: AttributeSpace(attributes: columns), unknown: unknown, missing: missing)
    }

    /// Fits an encoder to a whole catalogue, off the caller's actor.
    ///
    /// ``init(fitting:attributes:unknown:missing:)`` does the same on the calling thread, which takes a tenth of a
    /// second for some ten thousand products.
    ///
    /// - Parameters:
    ///   - products: The source of categories and frequencies.
    ///   - attributes: The attributes in the order of their columns.
    ///   - unknown: The policy for values that are not among the categories.
    ///   - missing: The policy for attributes that a product lacks.
    ///   - progress: Gets the number of attributes that are done.
    /// - Returns: The encoder.
    /// - Throws: As the initializer does; `CancellationError` soon after the task is cancelled.
    @concurrent
    public static func fitted(
        to products: [Product],
        attributes: [AttributeEncoding],
        unknown: UnknownPolicy = .ignore,
        missing: MissingPolicy = .ignore,
        progress: (@Sendable (WorkProgress) -> Void)? = nil
    ) async throws -> OneHotEncoder {
        try check(attributes)
        let reporter = ProgressReporter("fitting", total: attributes.count, to: progress)
        var columns: [AttributeSpace.Attribute] = []
        for attribute in attributes {
            try Task.checkCancellation()
            columns.append(try CategoryCounts(attribute, products, unknown, missing).folded)
            reporter.report(done: columns.count)
        }
        return OneHotEncoder(space: AttributeSpace(attributes: columns), unknown: unknown, missing: missing)
    }

    private static func check(_ attributes: [AttributeEncoding]) throws(RecError) {
        for attribute in attributes { try attribute.validate() }
        guard attributes.contains(where: { $0.weight > 0 }) else {
            throw RecError(.invalidSetting, "No attribute with a weight was named; name at least one.")
        }
        guard Set(attributes.map(\.name)).count == attributes.count else {
            throw RecError(.invalidSetting, "An attribute was named twice.")
        }
    }
}
