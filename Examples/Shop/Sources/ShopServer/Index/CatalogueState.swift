/// What tells two states of the catalogue apart.
package struct CatalogueState: Hashable, Sendable {
    /// The number of the generation.
    let generation: Int

    /// The number of the last change; `nil` where the index does not count changes.
    let version: UInt64?

    package init(generation: Int, version: UInt64?) {
        self.generation = generation
        self.version = version
    }
}

extension Generation {
    /// The state of the catalogue now.
    var state: CatalogueState { CatalogueState(generation: number, version: index.version()) }
}
