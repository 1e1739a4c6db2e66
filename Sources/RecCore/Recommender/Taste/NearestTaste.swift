/// The taste of ``ExampleStrategy/best``: the nearest like decides, unless something disliked is nearer.
///
/// Products are found by one search for each like, deeper and deeper, until no product that was not seen yet can be among
/// those wanted (the threshold algorithm of Fagin, Lotem and Naor, 2003).
struct NearestTaste: Taste {
    /// An example that products are compared with.
    private struct Example {
        let embedding: Embedding
        let comparable: ComparableEmbedding
        let weight: Double
        let position: Int
    }

    private let search: Search
    private let likes: [Example]
    private let dislikes: [Example]

    /// Scores of an index and of a comparison here differ by rounding.
    private static let rounding = 1e-5

    /// - Throws: ``RecCoreError`` with code `invalidQuery` for dislikes alone when the fusion has no weights: what is far from
    ///   them could only be found by looking at all products.
    init(likes: [ResolvedExample], dislikes: [ResolvedExample], search: Search) throws(RecCoreError) {
        guard !likes.isEmpty || dislikes.isEmpty || search.fusion.weights != nil else {
            throw RecCoreError(
                .invalidQuery,
                "Dislikes alone with the strategy 'best' need a fusion with weights; use 'mean' with this one."
            )
        }
        self.search = search
        func examples(_ resolved: [ResolvedExample]) -> [Example] {
            resolved.map {
                Example(
                    embedding: $0.embedding,
                    comparable: search.comparable($0.embedding),
                    weight: $0.weight,
                    position: $0.position
                )
            }
        }
        self.likes = examples(likes)
        self.dislikes = examples(dislikes)
    }

    func candidates(count: Int, admissible: AttributeFilter?) throws -> [Candidate] {
        guard count > 0, !likes.isEmpty || !dislikes.isEmpty else { return [] }
        let probes = try probes
        let least = search.minimumScore ?? -.infinity
        var similarities: [ProductID: Double] = [:]
        var depth = min(max(count, 16), max(search.index.count, 1))
        while true {
            try Task.checkCancellation()
            var limits: [Double] = []
            let lists = try search.neighbors(of: probes.map(\.embedding), count: depth, admissible: admissible)
            for (list, probe) in zip(lists, probes) {
                try judge(list, into: &similarities)
                if list.count == depth, let last = list.last { limits.append(last.score * probe.weight) }
            }
            let ranked = similarities.filter { $0.value >= least && $0.value > -.infinity }
                .map { Candidate(id: $0.key, similarity: $0.value) }
                .sorted { $0.precedes($1) }
            let bound = bound(of: limits) + Self.rounding
            let settled = ranked.prefix { $0.similarity > bound }
            let isComplete = limits.isEmpty || depth >= search.index.count
            if isComplete || settled.count >= count || bound < least { return Array(ranked.prefix(count)) }
            depth = min(2 * depth, search.index.count)
        }
    }

    /// What is searched for: the likes, or without any what is as far from the dislikes as can be.
    private var probes: [(embedding: Embedding, weight: Double)] {
        get throws {
            likes.isEmpty
                ? try dislikes.map { (try away(from: $0.embedding), $0.weight) }
                : likes.map { ($0.embedding, $0.weight) }
        }
    }

    /// The greatest similarity of a product that is in no list so far, by the last scores of those that did not end.
    private func bound(of limits: [Double]) -> Double {
        let greatest = limits.max() ?? -.infinity
        if likes.isEmpty {
            // Each dislike limits the product, as long as it can be compared with all of them.
            return Set(dislikes.map { Set($0.embedding.blocks.keys) }).count == 1
                ? limits.min() ?? -.infinity : greatest
        }
        return dislikes.isEmpty ? greatest : max(greatest, 0)
    }

    private func judge(_ list: [Neighbor], into similarities: inout [ProductID: Double]) throws {
        for neighbor in list where similarities[neighbor.id] == nil {
            guard let embedding = try search.index.embedding(of: neighbor.id) else { continue }
            similarities[neighbor.id] = similarity(of: search.comparable(embedding)) ?? -.infinity
        }
    }

    func similarity(of embedding: ComparableEmbedding) -> Double? {
        judge(embedding)?.similarity
    }

    func reasons(for embedding: ComparableEmbedding, similarity: Double) -> Reasons {
        guard let verdict = judge(embedding) else {
            let none = BlockCosines(
                names: search.space.blocks.map(\.name),
                values: search.space.blocks.map { _ in nil }
            )
            return Reasons(cosines: none, parts: [])
        }
        let maker = ScoreParts(space: search.space, fusion: search.fusion)
        var parts: [ScorePart] = []
        if let like = verdict.like {
            let cosines = like.comparable.cosines(with: embedding)
            let score = search.fusion.score(cosines) ?? 0
            parts = maker.parts(of: like.comparable, embedding, cosines: cosines, score: score)
                .map { $0.scaled(by: like.weight) }
        }
        if let dislike = verdict.dislike {
            let cosines = dislike.comparable.cosines(with: embedding)
            let score = search.fusion.score(cosines) ?? 0
            let against = maker.parts(of: dislike.comparable, embedding, cosines: cosines, score: score)
            parts = parts.adding(against.map { $0.scaled(by: -dislike.weight) })
        }
        let decisive = verdict.like ?? verdict.dislike
        let cosines = decisive.map { $0.comparable.cosines(with: embedding) }
        return Reasons(
            cosines: cosines ?? BlockCosines(names: [], values: []),
            parts: parts,
            like: verdict.like?.position
        )
    }

    /// The similarity, with the like and the dislike that it comes from; the latter only where it counts.
    private func judge(_ embedding: ComparableEmbedding) -> (similarity: Double, like: Example?, dislike: Example?)? {
        let liked = nearest(of: likes, to: embedding)
        let disliked = nearest(of: dislikes, to: embedding)
        switch (liked, disliked) {
        case (let liked?, let disliked?) where disliked.score >= liked.score:
            return (liked.score - disliked.score, liked.example, disliked.example)
        case (let liked?, _):
            return (liked.score, liked.example, nil)
        case (nil, let disliked?):
            return likes.isEmpty ? (-disliked.score, nil, disliked.example) : nil
        case (nil, nil):
            return nil
        }
    }

    private func nearest(
        of examples: [Example],
        to embedding: ComparableEmbedding
    ) -> (score: Double, example: Example)? {
        var best: (score: Double, example: Example)?
        for example in examples {
            guard let score = search.score(example.comparable, embedding) else { continue }
            let weighted = score * example.weight
            if best.map({ weighted > $0.score }) ?? true { best = (weighted, example) }
        }
        return best
    }

    /// The embedding that is as far from everything as the given one is near.
    private func away(from embedding: Embedding) throws -> Embedding {
        var result = Embedding([:])
        for (name, block) in embedding.blocks {
            switch block {
            case .dense(let vector):
                result[name] = .dense(DenseVector(unit: vector.components.map { -$0 }, recipe: vector.recipe))
            case .oneHot(let codes):
                result[name] = .mixture(try AttributeMixture([.init(codes: codes, weight: -1)]))
            case .mixture(let mixture):
                let terms = mixture.terms.map { AttributeMixture.Term(codes: $0.codes, weight: -$0.weight) }
                result[name] = .mixture(try AttributeMixture(terms))
            }
        }
        return result
    }
}
