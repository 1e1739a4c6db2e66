package import RecCore

/// A product of a target with its digest.
package struct PublishedProduct: Sendable, Hashable {
    /// The identifier of the product.
    package let id: ProductID

    /// The digest of the product as it was written.
    package let digest: ProductDigest?

    /// Creates a value.
    package init(id: ProductID, digest: ProductDigest?) {
        self.id = id
        self.digest = digest
    }
}
