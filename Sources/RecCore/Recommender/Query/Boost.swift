/// A business rule that adds to the score of a product: popularity, margin, freshness.
///
/// ```swift
/// query.boosts = [
///     Boost("popularity", attribute: "sales", from: 0, to: 1000, weight: 0.1),
///     Boost("own brand") { $0["brand"].first == "Ours" ? 0.05 : 0 },
/// ]
/// ```
public struct Boost: Sendable {
    /// The name of the boost among the parts of a score.
    package let name: String

    /// The number to add to the score of a product; a value that is not finite counts as 0.
    package let value: @Sendable (Product) -> Double

    /// Creates a boost from a closure.
    public init(_ name: String, value: @escaping @Sendable (Product) -> Double) {
        self.name = name
        self.value = value
    }

    /// Creates a boost that grows with a numeric attribute, from 0 at one end to `weight` at the other.
    ///
    /// Numbers beyond the ends count as the ends; a product without a number gets no boost.
    ///
    /// - Parameters:
    ///   - name: The name of the boost among the parts of a score.
    ///   - attribute: The attribute; its first value that is a number counts.
    ///   - low: The number that adds nothing; greater than `high` to boost small values.
    ///   - high: The number that adds `weight`.
    ///   - weight: The greatest boost.
    public init(_ name: String, attribute: String, from low: Double, to high: Double, weight: Double) {
        self.init(name) { product in
            let numbers = product.values(of: attribute).lazy.compactMap { Double($0) }
            guard let number = numbers.first(where: \.isFinite), low != high else { return 0 }
            return weight * min(max((number - low) / (high - low), 0), 1)
        }
    }

    func clamped(_ product: Product) -> Double {
        let value = value(product)
        return value.isFinite ? value : 0
    }
}
