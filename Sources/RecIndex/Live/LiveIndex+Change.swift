public import RecCore

extension LiveIndex {
    /// One change of the collection.
    public enum Change: Sendable, Hashable {
        /// Adds a product, or replaces the one of that identifier with its attributes and its embedding.
        case upsert(EmbeddedProduct)

        /// Removes a product; nothing happens when there is none of that identifier.
        case remove(ProductID)

        /// The product that is changed.
        package var id: ProductID {
            switch self {
            case .upsert(let item): item.product.id
            case .remove(let id): id
            }
        }
    }
}
