internal import RecCore

/// Collects each pair of products once, although both products find it; products are identified by position.
struct DuplicatePairs {
    /// A near duplicate of a product.
    struct Link {
        let product: Int
        let cosine: Double
    }

    private struct Pair {
        let first: Int
        let second: Int
        let cosine: Double

        func precedes(_ other: Pair) -> Bool {
            cosine == other.cosine ? (first, second) < (other.first, other.second) : cosine > other.cosine
        }
    }

    private let limit: Int
    private var sets: DisjointSets
    private var best: [Pair] = []
    private var pairCount = 0
    /// The last link of each crowded product; farther links are unknown.
    private var last: [Int: Link] = [:]
    private var next = 0

    init(productCount: Int, limit: Int) {
        self.limit = limit
        sets = DisjointSets(count: productCount)
    }

    /// Adds the links of the next product, nearest first, which come in the order of the products.
    mutating func add(_ links: some Collection<Link>, isCrowded: Bool) {
        let product = next
        next += 1
        for link in links {
            sets.join(product, link.product)
            if link.product > product || isUnknown(to: link.product, product, link.cosine) {
                let ends = [product, link.product].sorted()
                keep(Pair(first: ends[0], second: ends[1], cosine: link.cosine))
            }
        }
        if isCrowded, let link = Array(links).last { last[product] = link }
    }

    /// The finished report.
    consuming func report(threshold: Double, ids: [ProductID]) -> NearDuplicates {
        best.sort { $0.precedes($1) }
        let pairs = best.prefix(limit).map { pair in
            NearDuplicates.Pair(first: ids[pair.first], second: ids[pair.second], cosine: pair.cosine)
        }
        return NearDuplicates(
            threshold: threshold,
            pairs: pairs,
            pairCount: pairCount,
            groups: sets.groups().map { group in group.map { ids[$0] } },
            crowdedCount: last.count
        )
    }

    /// Whether an earlier product did not list a later one because it had too many nearer ones.
    private func isUnknown(to earlier: Int, _ product: Int, _ cosine: Double) -> Bool {
        last[earlier].map { cosine == $0.cosine ? product > $0.product : cosine < $0.cosine } ?? false
    }

    /// Keeps a pair if it may be among the best: twice as many as wanted are kept before the worse half is dropped.
    private mutating func keep(_ pair: Pair) {
        pairCount += 1
        best.append(pair)
        guard best.count / 2 >= limit else { return }
        best.sort { $0.precedes($1) }
        best.removeLast(best.count - limit)
    }
}
