package import RecCore

/// The number of answers that show each product of an index: the k-occurrences *N_k*.
///
/// Accuracy does not measure which products are shown. A few products that are near to everything ("hubs") can displace
/// others ("anti-hubs") from all answers.
public struct Exposure: Sendable, Hashable {
    /// The products, in the order of ``counts``.
    package let products: [ProductID]

    /// For each product, the number of answers that contain it.
    package let counts: [Int]

    /// Creates exposure from counts.
    ///
    /// - Precondition: Both have the same count, and no count is negative.
    package init(products: [ProductID], counts: [Int]) {
        precondition(products.count == counts.count, "one count for each product")
        precondition(counts.allSatisfy { $0 >= 0 }, "counts must not be negative")
        self.products = products
        self.counts = counts
    }

    /// Catalogue coverage: the share of the products that are in at least one answer (Herlocker and others, 2004).
    ///
    /// 0 for an index without products.
    public var coverage: Double {
        counts.isEmpty ? 0 : Double(counts.count { $0 > 0 }) / Double(counts.count)
    }

    /// The share of anti-hubs: products that are in no answer; 1 - ``coverage``.
    ///
    /// 0 for an index without products.
    package var antiHubShare: Double {
        counts.isEmpty ? 0 : Double(counts.count { $0 == 0 }) / Double(counts.count)
    }

    /// The Gini coefficient of exposure: 0 when all products are shown equally often, (n - 1) / n when it is always the same.
    ///
    /// With the counts x_1 <= ... <= x_n: sum of (2 i - n - 1) x_i / (n * sum of x_i). `nil` when nothing is shown.
    ///
    /// - Complexity: O(*n* log *n*)
    public var gini: Double? {
        let total = counts.reduce(0) { $0 + Double($1) }
        guard total > 0 else { return nil }
        let n = counts.count
        var sum = 0.0
        for (position, count) in counts.sorted().enumerated() { sum += Double(2 * position + 1 - n) * Double(count) }
        return sum / (Double(n) * total)
    }

    /// Hubness: the skewness of the counts, E((N - mean)^3) / (E((N - mean)^2))^(3/2), as in Radovanović, Nanopoulos and
    /// Ivanović, "Hubs in Space" (2010).
    ///
    /// It is about 0 when products are shown about equally often, and grows as a few of them dominate. It is not
    /// corrected for a sample, as in `scipy.stats.skew`. `nil` when all counts are equal.
    package var skewness: Double? {
        guard let first = counts.first, counts.contains(where: { $0 != first }) else { return nil }
        let n = Double(counts.count)
        let mean = counts.reduce(0) { $0 + Double($1) } / n
        var squares = 0.0
        var cubes = 0.0
        for count in counts {
            let deviation = Double(count) - mean
            squares += deviation * deviation
            cubes += deviation * deviation * deviation
        }
        let variance = squares / n
        return cubes / n / (variance * variance.squareRoot())
    }

    /// The products that are shown most often, the most frequent first, ties by identifier; without products never
    /// shown.
    ///
    /// There may be fewer than are asked for; none for a number under 1.
    ///
    /// - Complexity: O(*n* log *n*)
    package func hubs(count limit: Int = 1) -> [(product: ProductID, count: Int)] {
        zip(products, counts).lazy.filter { $0.1 > 0 }
            .sorted { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 > $1.1 }
            .prefix(max(0, limit)).map { (product: $0.0, count: $0.1) }
    }
}
