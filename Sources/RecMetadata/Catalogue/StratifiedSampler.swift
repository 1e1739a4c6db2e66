public import RecCore
internal import RecMath

/// Samples a fraction of the products of each stratum; a stratum is the products with equal values for one attribute.
///
/// ```swift
/// let sample = try StratifiedSampler(fraction: 0.1, seed: 7).sample(catalogue.products)
/// ```
/// The sample of a stratum of *n* products has `fraction * n` of them, rounded half to even as in pandas, but at least
/// one. Products that lack the attribute are a stratum of their own.
///
/// Each product has a priority that depends only on the seed and its identifier; the products of lowest priority are
/// taken ("bottom-k sampling"). So the same seed gives the same sample on every machine and for every order of the
/// file, a larger fraction contains a smaller one, and a few new products change little. The priority is
///
///     mix(mix(seed) ^ FNV1a64(UTF-8 of the identifier))
///
/// where `mix` is one step of SplitMix64 (Steele, Lea, Flood: *Fast splittable pseudorandom number generators*, 2014).
public struct StratifiedSampler: Sendable, Hashable {
    package let fraction: Double
    private let attribute: String
    private let seed: UInt64

    /// Creates a sampler; the settings are checked when it is used.
    ///
    /// - Parameters:
    ///   - fraction: The fraction of each stratum, above 0 and up to 1.
    ///   - attribute: The attribute that divides the products.
    ///   - seed: Another seed samples other products.
    public init(fraction: Double = 0.1, of attribute: String = "subCategory", seed: UInt64 = 0) {
        self.fraction = fraction
        self.attribute = attribute
        self.seed = seed
    }

    /// The sample of some products, in their order.
    ///
    /// - Throws: `RecError` with code `invalidSetting` when the fraction is not above 0 and up to 1.
    /// - Complexity: O(*n* log *n*)
    public func sample(_ products: [Product]) throws(RecError) -> [Product] {
        guard fraction > 0, fraction <= 1 else {
            throw RecError(.invalidSetting, "The sampler's fraction is \(fraction); it must be above 0 and up to 1.")
        }
        let strata = Dictionary(grouping: products.indices) { products[$0][attribute] }
        var picked: [Int] = []
        for members in strata.values {
            let count = max(1, Int((fraction * Double(members.count)).rounded(.toNearestOrEven)))
            let ranked = members.map { (priority: priority(of: products[$0].id), id: products[$0].id, index: $0) }
                .sorted { ($0.priority, $0.id) < ($1.priority, $1.id) }
            picked += ranked.prefix(count).map(\.index)
        }
        return picked.sorted().map { products[$0] }
    }

    /// The rank of a product in its stratum; lower is taken first.
    private func priority(of id: ProductID) -> UInt64 {
        var hash = FNV1a()
        hash.add(id.rawValue.utf8)
        return Self.mix(Self.mix(seed) ^ hash.value)
    }

    /// One step of SplitMix64 from the state `value`.
    private static func mix(_ value: UInt64) -> UInt64 {
        var random = SplitMix64(seed: value)
        return random.next()
    }
}
