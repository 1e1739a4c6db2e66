/// The known part of the ranking of all products by one probe, from the top.
struct RankedList: Sendable {
    /// The factor of the scores.
    let weight: Double

    /// The known products, with their places in the answer.
    private(set) var neighbors: [Neighbor] = []

    private var known: Set<ProductID> = []
    private var asked = 0
    private var floor: Double?
    private var isWhole = false

    init(weight: Double) {
        self.weight = weight
    }

    /// Sets the extent of the next answer: so many products, or those with a weighted score of at least `floor`.
    mutating func expect(count: Int, floor: Double?) {
        asked = count
        self.floor = floor
    }

    /// The least score that the search has to return.
    var minimumScore: Double? { floor.map { ($0 / weight).nextDown } }

    /// Takes the answer, which replaces the one before.
    mutating func receive(_ answer: [Neighbor]) {
        isWhole = answer.count < asked
        neighbors = answer
        known = Set(answer.map(\.id))
    }

    func contains(_ id: ProductID) -> Bool { known.contains(id) }

    /// An upper bound of all unknown products; `nil` when all products are known.
    var bound: Bound? {
        if isWhole { return floor.map { Bound(value: $0.nextDown, id: nil) } }
        guard let last = neighbors.last else { return Bound(value: .infinity, id: nil) }
        // Powers of two keep different scores different, unless they are tiny, so that ties are in order of identifiers.
        let keepsOrder = weight.significand == 1 && weight >= 0x1p-500
        return Bound(value: last.score * weight, id: keepsOrder ? last.id : nil)
    }
}

/// A place in the order of similarities; no unknown product comes before it.
struct Bound: Sendable {
    /// The greatest similarity.
    let value: Double
    /// Unknown products of that similarity have greater identifiers than this one; `nil` if they may have any.
    let id: ProductID?

    /// Whether a product of that similarity comes before all unknown ones.
    func isBehind(_ similarity: Double, _ candidate: ProductID) -> Bool {
        if similarity == value, let id { return candidate <= id }
        return similarity > value
    }
}
