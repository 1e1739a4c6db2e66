internal import RecCore

/// The changes that make a part of a target equal to the source.
struct PageChanges: Sendable {
    let written: [EmbeddedProduct]
    let removed: [ProductID]
    let unchanged: Int
    /// Whether all products that are written are new.
    private let addsOnly: Bool

    /// - Parameters:
    ///   - ids: Products of the source.
    ///   - products: Their contents; those that are gone meanwhile are `nil`.
    ///   - published: The products of the target in the same range of identifiers.
    ///   - space: The space of both.
    init(
        _ ids: [ProductID],
        _ products: [IndexedProduct?],
        _ published: [PublishedProduct],
        in space: EmbeddingSpace
    ) {
        var stale = Dictionary(published.map { ($0.id, $0.digest) }) { first, _ in first }
        var written: [EmbeddedProduct] = []
        var unchanged = 0
        for found in products {
            guard let item = EmbeddedProduct(indexed: found) else { continue }
            let digest = stale.removeValue(forKey: item.product.id)
            if let digest, digest == ProductDigest(item, in: space) {
                unchanged += 1
            } else {
                written.append(item)
            }
        }
        addsOnly = published.count == unchanged
        self.written = written
        self.unchanged = unchanged
        removed = stale.keys.sorted()
    }

    func apply(to target: some PublishTarget) async throws {
        guard !written.isEmpty || !removed.isEmpty else { return }
        if addsOnly {
            try await target.add(written)
        } else {
            try await target.change(upserting: written, removing: removed)
        }
    }
}
