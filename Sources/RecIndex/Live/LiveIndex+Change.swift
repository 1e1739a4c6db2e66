package import RecCore

extension LiveIndex {
    /// One change of the collection.
    package enum Change: Sendable, Hashable {
        /// Adds a product, or replaces the one with that identifier, including its attributes and its embedding.
        case upsert(EmbeddedProduct)

        /// Removes a product; an unknown identifier is ignored.
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
