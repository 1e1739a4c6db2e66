package import RecCore
internal import RecIndex

/// Ranks a handful of products that an engine found, with the kernels of an index in this process.
///
/// Scores, their bits, the order and the ties are those of an `Index` over the same products.
package struct CandidateScoring: Sendable {
    private let query: SearchQuery
    private let scoring: EmbeddingScoring

    /// Prepares a query.
    ///
    /// - Precondition: The query fits the space.
    package init(_ query: SearchQuery, in space: EmbeddingSpace) {
        self.query = query
        scoring = EmbeddingScoring(query, in: space)
    }

    /// The candidates with a score, nearest first, each with the contents that the query asks for.
    ///
    /// Excluded products and those below the least score are left out, and so are products that the filter does not
    /// match, if their attributes are there to tell. Groups and the count do not matter.
    ///
    /// - Precondition: No product occurs twice.
    /// - Complexity: O(*n* · dimension + *n* log *n*)
    package func ranked(_ candidates: [IndexedProduct]) -> [Neighbor] {
        let none = Embedding([:])
        let minimum = query.minimumScore ?? -.infinity
        var neighbors: [Neighbor] = []
        neighbors.reserveCapacity(candidates.count)
        for (candidate, found) in zip(candidates, scoring.scores(candidates.map { $0.embedding ?? none })) {
            guard let score = found.score, score >= minimum, isEligible(candidate) else { continue }
            neighbors.append(
                Neighbor(
                    id: candidate.id,
                    score: score,
                    cosines: found.cosines,
                    product: query.contents.product ? candidate.product : nil,
                    embedding: candidate.embedding.flatMap(query.contents.part)
                )
            )
        }
        return neighbors.sorted { $0.precedes($1) }
    }

    /// The answer to the query when these are all products that may be in it.
    ///
    /// - Precondition: No product occurs twice; those of a query with groups come with their attributes.
    package func answer(from candidates: [IndexedProduct]) -> [Neighbor] {
        let ranked = ranked(candidates)
        guard !query.groups.isEmpty else { return Array(ranked.prefix(query.count)) }
        let products = Dictionary(uniqueKeysWithValues: candidates.map { ($0.id, $0.product) })
        var caps = query.groups
        var answer: [Neighbor] = []
        for neighbor in ranked where answer.count < query.count {
            if let product = products[neighbor.id].flatMap(\.self), caps.admit(product) { answer.append(neighbor) }
        }
        return answer
    }

    private func isEligible(_ candidate: IndexedProduct) -> Bool {
        guard !query.excluded.contains(candidate.id) else { return false }
        guard let filter = query.filter, let product = candidate.product else { return true }
        return filter.matches(product)
    }
}
