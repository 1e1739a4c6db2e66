/// The result of a batch job: counts, and the failures with their reasons.
public struct IndexingReport: Sendable {
    /// A block or an embedding that could not be computed.
    public struct Failure: Sendable, CustomStringConvertible {
        /// The product.
        public let product: ProductID

        /// The missing block, or `nil` when the product has no block at all and is left out.
        public let block: BlockName?

        /// The reason.
        public let error: any Error

        /// Product, block and reason in one line.
        public var description: String {
            "\(product): \(block.map { "no \($0) block: " } ?? "left out: ")\(error)"
        }
    }

    /// The number of products in the job.
    public internal(set) var total = 0

    /// The number of products that got an embedding.
    public internal(set) var embedded = 0

    /// The number of products whose features came from the cache.
    package internal(set) var cached = 0

    /// The products that were left out since they have no block: neither features nor a known attribute.
    public internal(set) var leftOut: [ProductID] = []

    /// Every failure, in the order of the products.
    public internal(set) var failures: [Failure] = []

    /// The number of features that the cache failed to store; the products themselves are not affected.
    package internal(set) var unstored = 0

    /// The first error of the cache.
    public internal(set) var firstStoringError: (any Error)?

    /// How long the job took.
    package internal(set) var elapsed: Duration = .zero
}
