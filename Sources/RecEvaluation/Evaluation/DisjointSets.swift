/// Disjoint sets of numbers: union-find with path halving and union by size (Tarjan, 1975).
struct DisjointSets {
    private var parents: [Int]
    private var sizes: [Int]

    /// Creates a set for each number in `0 ..< count`.
    init(count: Int) {
        parents = Array(0..<count)
        sizes = [Int](repeating: 1, count: count)
    }

    /// Joins the sets of two numbers.
    mutating func join(_ first: Int, _ second: Int) {
        let one = root(of: first)
        let other = root(of: second)
        guard one != other else { return }
        let (small, large) = sizes[one] < sizes[other] ? (one, other) : (other, one)
        parents[small] = large
        sizes[large] += sizes[small]
    }

    /// The sets of at least two numbers, the largest first, ties by their least number; each ascending.
    ///
    /// - Complexity: About O(*n*)
    mutating func groups() -> [[Int]] {
        var members: [Int: [Int]] = [:]
        for number in parents.indices {
            let root = root(of: number)
            if sizes[root] > 1 { members[root, default: []].append(number) }
        }
        return members.values.sorted { $0.count == $1.count ? $0[0] < $1[0] : $0.count > $1.count }
    }

    private mutating func root(of number: Int) -> Int {
        var number = number
        while parents[number] != number {
            parents[number] = parents[parents[number]]
            number = parents[number]
        }
        return number
    }
}
