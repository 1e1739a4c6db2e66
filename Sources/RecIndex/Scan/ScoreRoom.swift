/// What the scores of a few rows are made of; kept from one group of rows to the next.
struct ScoreRoom {
    /// The cosines of a block, and room for their products.
    var cosines: [Double] = []
    var products: [Float] = []
    private var sums: [Double] = []
    private var totals: [Double] = []

    /// Begins with so many rows.
    mutating func start(_ count: Int) {
        if cosines.count < count {
            cosines = [Double](repeating: .nan, count: count)
            products = [Float](repeating: 0, count: count)
            sums = cosines
            totals = cosines
        }
        for place in 0..<count {
            sums[place] = 0
            totals[place] = 0
        }
    }

    /// Adds the cosines of a block where there are any; blocks come in the order of the space.
    mutating func add(_ count: Int, weight: Double) {
        for place in 0..<count where !cosines[place].isNaN {
            sums[place] += weight * cosines[place]
            totals[place] += weight
        }
    }

    /// The mean of what was added for a row; NaN if nothing was.
    func score(_ place: Int) -> Double { totals[place] > 0 ? sums[place] / totals[place] : .nan }
}
