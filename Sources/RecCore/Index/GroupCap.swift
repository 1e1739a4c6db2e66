/// A limit on how many products of an answer have the same value of an attribute, as an index applies it.
///
/// An index goes through the ranking from the top and passes over each product that has a value whose places are taken.
/// A product without the attribute is in no group; one with several values takes a place of each.
public struct GroupCap: Sendable, Hashable {
    /// The attribute.
    public var attribute: String

    /// How many products may have the same value; at least 1.
    public var count: Int

    /// How many places of a value are taken before the search begins.
    public var taken: [String: Int]

    /// Products of the answer that take no place, since they are in ``taken`` already.
    public var counted: Set<ProductID>

    /// Creates a cap.
    public init(attribute: String, count: Int, taken: [String: Int] = [:], counted: Set<ProductID> = []) {
        self.attribute = attribute
        self.count = count
        self.taken = taken
        self.counted = counted
    }
}

extension [GroupCap] {
    /// Takes the places of a product, if each of its groups has one left.
    ///
    /// - Returns: Whether the product may be in the answer.
    package mutating func admit(_ product: Product) -> Bool {
        let isAdmitted = allSatisfy { cap in
            product[cap.attribute].values.allSatisfy { cap.taken[$0, default: 0] < cap.count }
        }
        if isAdmitted { take(product) }
        return isAdmitted
    }

    /// Takes the places of a product whether or not they are free.
    package mutating func take(_ product: Product) {
        for position in indices where !self[position].counted.contains(product.id) {
            for value in product[self[position].attribute].values { self[position].taken[value, default: 0] += 1 }
        }
    }

    /// What a product must match so that its groups have places left; `nil` when no group is full.
    package var admissible: AttributeFilter? {
        let full = compactMap { cap -> AttributeFilter? in
            let values = cap.taken.filter { $0.value >= cap.count }.keys
            return values.isEmpty ? nil : .not(.has(cap.attribute, anyOf: Set(values)))
        }
        return full.isEmpty ? nil : .all(full)
    }
}
