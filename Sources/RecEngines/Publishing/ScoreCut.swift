package import RecCore

/// A score between those of the nearest products to a query and those of all others.
package struct ScoreCut: Sendable {
    /// The query.
    package let query: SearchQuery

    /// The score.
    package let score: Double

    /// The products above it.
    let nearest: [ProductID]

    /// Finds a cut that no score is near; `nil` when the scores are too close to each other.
    ///
    /// - Parameters:
    ///   - query: The query.
    ///   - neighbors: The answer to the query, for more products than the least number.
    ///   - least: The least number of products above the cut.
    ///   - margin: The distance that scores must keep from the cut.
    init?(_ query: SearchQuery, _ neighbors: [Neighbor], least: Int, margin: Double) {
        self.query = query
        if neighbors.count < query.count {
            // All products that have a score, none of which is less than -1.
            (score, nearest) = (-2, neighbors.map(\.id))
            return
        }
        let place = (least..<neighbors.count).first { neighbors[$0 - 1].score - neighbors[$0].score > 4 * margin }
        guard let place else { return nil }
        score = (neighbors[place - 1].score + neighbors[place].score) / 2
        nearest = neighbors.prefix(place).map(\.id)
    }
}
