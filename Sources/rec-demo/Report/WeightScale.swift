package import RecCore

/// The image weights that the reader of a page can choose from; the rest is the weight of the attributes.
package struct WeightScale: Sendable {
    /// The choices, ascending, from 0 to 1.
    package let imageWeights: [Double]

    /// The position, among the choices, of the weight that the page starts with.
    package let start: Int

    /// Creates the scale of a page: steps of a twentieth, and the starting weight wherever it lies.
    ///
    /// There is only the starting weight when the index has nothing to weigh against it.
    package init(start: Double, space: EmbeddingSpace) {
        let names = space.blocks.map(\.name)
        let steps = names.contains(.image) && names.contains(.metadata) ? (0...20).map { Double($0) / 20 } : []
        imageWeights = Set(steps + [start]).sorted()
        self.start = imageWeights.firstIndex(of: start) ?? 0
    }

    /// The weight that the page starts with.
    package var startingWeight: Double { imageWeights[start] }

    /// Whether there is a choice.
    package var isChoice: Bool { imageWeights.count > 1 }
}
