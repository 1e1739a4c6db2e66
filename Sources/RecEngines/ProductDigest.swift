package import RecCore
internal import RecFiles
internal import RecIndex

/// A digest of a product with its embedding, to tell whether an engine has it as it is: half of a SHA-256.
package struct ProductDigest: Sendable, Hashable {
    /// The 16 bytes.
    package let bytes: [UInt8]

    /// Takes a digest that an engine stored.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Digests a product in the coding of the change log of a live index.
    ///
    /// - Precondition: The embedding fits the space.
    package init(_ product: EmbeddedProduct, in space: EmbeddingSpace) {
        var writer = ByteWriter(capacity: space.likelyProductBytes)
        writer.write(product, space: space)
        var hash = SHA256()
        hash.update(writer.bytes)
        bytes = Array(hash.digest.prefix(16))
    }
}
