internal import RecCore

/// The changes of one call, checked, with the last one for each product.
struct ChangeBatch: Sendable {
    /// The changes, one for each product, in the order in which they were made.
    let changes: [LiveIndex.Change]

    /// The products that were added or replaced; `nil` when there are none.
    let segment: Segment?

    /// - Throws: `RecError`: `recipeMismatch`, `dimensionMismatch` or `noSharedBlock` when an embedding does not fit
    ///   the space, `invalidProduct` when an identifier is empty.
    init(_ changes: some Sequence<LiveIndex.Change>, space: EmbeddingSpace) throws(RecError) {
        var effective: [LiveIndex.Change] = []
        var places: [ProductID: Int] = [:]
        for change in changes {
            if let place = places[change.id] {
                effective[place] = change
            } else {
                places[change.id] = effective.count
                effective.append(change)
            }
        }
        var builder = SegmentBuilder(space: space, capacity: effective.count)
        for change in effective {
            switch change {
            case .upsert(let item): try builder.add(item.product, item.embedding)
            case .remove(let id):
                guard !id.rawValue.isEmpty else {
                    throw RecError(.invalidProduct, "No product has an empty identifier, so none can be removed.")
                }
            }
        }
        self.changes = effective
        segment = builder.count > 0 ? builder.segment() : nil
    }

    /// The products that are removed.
    var removals: some Sequence<ProductID> {
        changes.lazy.compactMap { change in
            if case .remove(let id) = change { id } else { nil }
        }
    }

    /// The products that are changed.
    var ids: [ProductID] { changes.map(\.id) }
}
