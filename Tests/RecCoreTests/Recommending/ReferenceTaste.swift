import RecCore
import RecTesting

/// The formulas of the strategies, computed the slow way in double precision from vectors that are written out.
struct ReferenceTaste {
    let space: EmbeddingSpace
    let weights: BlockWeights
    var attributeWeights: [String: Double] = [:]

    typealias Weighted = (embedding: Embedding, weight: Double)

    /// The blocks of a product as unit vectors; `nil` for one that it lacks or that has no direction.
    func sides(_ embedding: Embedding) -> [[Double]?] {
        space.blocks.map { block in
            switch embedding[block.name]?.form {
            case .dense(let vector): unit(vector.components.map { Double($0) })
            case .oneHot(let codes): unit(written(codes))
            case .mixture, nil: nil
            }
        }
    }

    private func written(_ codes: AttributeCodes) -> [Double] {
        var values = [Double](repeating: 0, count: codes.space.width)
        for (attribute, offset) in zip(codes.space.attributes, codes.space.offsets) {
            let set = codes.columns.filter { (offset..<offset + attribute.categories.count).contains(Int($0)) }
            let weight = attributeWeights[attribute.name] ?? attribute.weight
            for column in set { values[Int(column)] = (weight / Double(set.count)).squareRoot() }
        }
        return values
    }

    func unit(_ values: [Double]) -> [Double]? {
        let length = norm(values)
        return length > 1e-12 ? values.map { $0 / length } : nil
    }

    func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    private func dot(_ first: [Double], _ second: [Double]) -> Double {
        zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The weighted mean of the cosines of the blocks that both have.
    func score(_ first: [[Double]?], _ second: [[Double]?], scales: [Double]? = nil) -> Double? {
        var sum = 0.0
        var total = 0.0
        for (position, block) in space.blocks.enumerated() {
            guard let one = first[position], let other = second[position] else { continue }
            let weight = weights[block.name] * (scales?[position] ?? 1)
            sum += weight * dot(one, other)
            total += weight
        }
        return total > 0 ? sum / total : nil
    }

    /// The sum of the examples for each block, before it is scaled to unit length.
    func profile(_ likes: [Weighted], _ dislikes: [Weighted], isMean: Bool) -> [[Double]?] {
        space.blocks.indices.map { position in
            let liked = likes.compactMap { like in sides(like.embedding)[position].map { ($0, like.weight) } }
            let disliked = dislikes.compactMap { example in
                sides(example.embedding)[position].map { ($0, example.weight) }
            }
            guard let width = (liked + disliked).first?.0.count else { return nil }
            var sum = [Double](repeating: 0, count: width)
            // `m+ + r (m+ - m-)` with means, or plain sums.
            let totals = (liked.reduce(0) { $0 + $1.1 }, disliked.reduce(0) { $0 + $1.1 })
            let ratio = liked.isEmpty ? 1 : min(1, totals.1 / totals.0)
            for (vector, weight) in liked {
                let factor = isMean ? (1 + ratio) * weight / totals.0 : weight
                for column in sum.indices { sum[column] += factor * vector[column] }
            }
            for (vector, weight) in disliked {
                let factor = isMean ? ratio * weight / totals.1 : weight
                for column in sum.indices { sum[column] -= factor * vector[column] }
            }
            return norm(sum) > 1e-6 ? sum : nil
        }
    }

    /// The similarity of a product, or `nil` when it cannot be compared.
    func similarity(
        of product: Embedding,
        likes: [Weighted],
        dislikes: [Weighted],
        strategy: ExampleStrategy
    ) -> Double? {
        let own = sides(product)
        switch strategy {
        case .mean:
            return score(profile(likes, dislikes, isMean: true).map { $0.flatMap(unit) }, own)
        case .sum:
            let profile = profile(likes, dislikes, isMean: false)
            return score(profile.map { $0.flatMap(unit) }, own, scales: profile.map { $0.map(norm) ?? 0 })
        case .best:
            let greatest = (likes + dislikes).map(\.weight).max() ?? 1
            let liked = nearest(likes, own, greatest)
            let disliked = nearest(dislikes, own, greatest)
            if likes.isEmpty { return disliked.map { -$0 } }
            guard let liked else { return nil }
            guard let disliked else { return liked }
            return liked > disliked ? liked : liked - disliked
        }
    }

    private func nearest(_ examples: [Weighted], _ own: [[Double]?], _ greatest: Double) -> Double? {
        examples.compactMap { example in
            score(sides(example.embedding), own).map { $0 * example.weight / greatest }
        }.max()
    }
}
