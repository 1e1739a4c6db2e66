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
        ranked(candidates, count: candidates.count)
    }

    private func ranked(_ candidates: [IndexedProduct], count: Int) -> [Neighbor] {
        let none = Embedding([:])
        let minimum = query.minimumScore ?? -.infinity
        let found = scoring.scores(candidates.map { $0.embedding ?? none })
        var order: [(position: Int, score: Double)] = []
        order.reserveCapacity(candidates.count)
        for (position, candidate) in candidates.enumerated() {
            guard let score = found[position].score, score >= minimum, isEligible(candidate) else { continue }
            order.append((position, score))
        }
        order.sort { lhs, rhs in
            lhs.score == rhs.score
                ? candidates[lhs.position].id < candidates[rhs.position].id : lhs.score > rhs.score
        }
        return order.prefix(count).map { position, score in
            Neighbor(
                id: candidates[position].id,
                score: score,
                cosines: found[position].cosines,
                product: query.contents.product ? candidates[position].product : nil,
                embedding: candidates[position].embedding.flatMap(query.contents.part)
            )
        }
    }

    /// The answer to the query when these are all products that may be in it.
    ///
    /// - Precondition: No product occurs twice; those of a query with groups come with their attributes.
    package func answer(from candidates: [IndexedProduct]) -> [Neighbor] {
        guard !query.groups.isEmpty else { return ranked(candidates, count: query.count) }
        let products = Dictionary(uniqueKeysWithValues: candidates.map { ($0.id, $0.product) })
        var caps = query.groups
        var answer: [Neighbor] = []
        for neighbor in ranked(candidates) where answer.count < query.count {
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
