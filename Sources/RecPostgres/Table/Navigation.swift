internal import RecCore
internal import RecMath

/// The short vectors that an approximate search walks by: all blocks of a product, each of unit length, one after
/// another.
///
/// pgvector's graphs take up to 4,000 halves. A longer vector is folded: its components are put into a random order and
/// the *i*-th of that order is added, with a random sign, to component *i* modulo 4,000. Order and signs come from
/// SplitMix64 with seed 0, so they are the same for all. Folding keeps dot products on average; the answer is ranked by
/// the blocks themselves anyway.
struct Navigation: Sendable {
    /// The most components of a graph over halves.
    static let limit = 4000

    /// The number of components.
    let dimension: Int

    private let space: EmbeddingSpace
    private let offsets: [Int]
    /// For each component of the long vector its place in the short one, and its sign; empty when nothing is folded.
    private let places: [Int32]
    private let signs: [Float]

    init(_ space: EmbeddingSpace) {
        self.space = space
        offsets = space.blocks.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.dimension) }
        let length = offsets[offsets.count - 1]
        dimension = min(length, Self.limit)
        guard length > Self.limit else {
            places = []
            signs = []
            return
        }
        var random = SplitMix64(seed: 0)
        var order = Array(0..<length)
        for position in stride(from: length - 1, to: 0, by: -1) {
            order.swapAt(position, Int(random.next() % UInt64(position + 1)))
        }
        var places = [Int32](repeating: 0, count: length)
        for (position, component) in order.enumerated() { places[component] = Int32(position % Self.limit) }
        self.places = places
        signs = (0..<length).map { _ in random.next() & 1 == 0 ? 1 : -1 }
    }

    /// The vector of a product; `nil` for one that lacks a block.
    func vector(of embedding: Embedding) -> [Float]? {
        var result = [Float](repeating: 0, count: dimension)
        for (block, offset) in zip(space.blocks, offsets) {
            guard let given = embedding[block.name] else { return nil }
            if let vector = given.vector {
                add(vector.components.indices.lazy.map { ($0, vector.components[$0]) }, offset, to: &result)
            } else if let codes = given.codes {
                add(zip(codes.columns.lazy.map { Int($0) }, codes.components), offset, to: &result)
            }
        }
        return result
    }

    /// The vector of a query from the components of some blocks; those that are left out are zeros.
    func vector(ofBlocks components: [Int: [(Int, Float)]]) -> [Float] {
        var result = [Float](repeating: 0, count: dimension)
        for (block, values) in components { add(values, offsets[block], to: &result) }
        return result
    }

    private func add(_ values: some Sequence<(Int, Float)>, _ offset: Int, to result: inout [Float]) {
        if places.isEmpty {
            for (position, value) in values { result[offset + position] = value }
        } else {
            for (position, value) in values {
                result[Int(places[offset + position])] += signs[offset + position] * value
            }
        }
    }
}
