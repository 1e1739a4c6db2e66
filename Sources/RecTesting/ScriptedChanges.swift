package import RecCore

/// Changes of a catalogue that two processes can agree on: a call's changes follow from its number alone.
package struct ScriptedChanges: Sendable {
    /// The catalogue that products and embeddings are taken from.
    package let catalogue: RandomCatalogue

    private let batchSize: Int

    /// Creates a script.
    package init(count: Int = 120, dimension: Int = 8, batchSize: Int = 5, seed: UInt64) {
        catalogue = RandomCatalogue(count: count, dimension: dimension, seed: seed)
        self.batchSize = batchSize
    }

    /// The changes of a call: products that are added or replaced, and then some that are removed.
    package func batch(_ number: UInt64) -> (upserts: [EmbeddedProduct], removals: [ProductID]) {
        var random = SeededGenerator(seed: number)
        let chosen = catalogue.products.shuffled(using: &random).prefix(batchSize + 2)
        let upserts = chosen.prefix(batchSize).map { item in
            let other = catalogue.products.randomElement(using: &random) ?? item
            let product = Product(
                id: item.product.id,
                attributes: other.product.attributes,
                title: "call \(number)",
                pictures: other.product.pictures
            )
            return EmbeddedProduct(product: product, embedding: other.embedding)
        }
        return (upserts, chosen.suffix(2).map(\.product.id))
    }

    /// Brings the products after one call to what they are after the next.
    package func advance(_ state: inout [ProductID: EmbeddedProduct], by number: UInt64) {
        let (upserts, removals) = batch(number)
        for item in upserts { state[item.product.id] = item }
        for id in removals { state[id] = nil }
    }

    /// The products after the calls from 1 to `number`.
    package func state(after number: UInt64) -> [ProductID: EmbeddedProduct] {
        var state: [ProductID: EmbeddedProduct] = [:]
        for call in stride(from: 1, through: number, by: 1) { advance(&state, by: call) }
        return state
    }
}
