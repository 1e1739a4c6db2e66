/// A limit on the products of an answer that share a value of an attribute, in the form that an index applies.
///
/// An index reads the ranking from the top and skips each product with a value whose places are taken. A product
/// without the attribute is in no group; one with several values takes a place of each. Spellings of a value that Unicode
/// holds equal are one group.
public struct GroupCap: Sendable, Hashable {
    /// The attribute.
    package var attribute: String

    /// The greatest number of products with the same value; at least 1.
    package var count: Int

    /// For each value, the number of places taken before the search begins.
    package var taken: [String: Int]

    /// Products of the answer that take no place, because ``taken`` already includes them.
    package var counted: Set<ProductID>

    /// Creates a cap.
    ///
    /// - Parameters:
    ///   - attribute: The attribute.
    ///   - count: The greatest number of products with the same value; at least 1.
    ///   - taken: For each value, the number of places taken before the search begins.
    ///   - counted: Products of the answer that take no place, because `taken` already includes them.
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
            product.values(of: cap.attribute).allSatisfy { cap.taken[$0, default: 0] < cap.count }
        }
        if isAdmitted { take(product) }
        return isAdmitted
    }

    /// Takes the places of a product whether or not they are free.
    package mutating func take(_ product: Product) {
        for position in indices where !self[position].counted.contains(product.id) {
            for value in product.values(of: self[position].attribute) { self[position].taken[value, default: 0] += 1 }
        }
    }

    /// A filter for the products whose groups have places left; `nil` when no group is full.
    package var admissible: AttributeFilter? {
        let full = compactMap { cap -> AttributeFilter? in
            let values = cap.taken.filter { $0.value >= cap.count }.keys
            return values.isEmpty ? nil : .not(.has(cap.attribute, anyOf: AttributeValues(values)))
        }
        return full.isEmpty ? nil : .all(full)
    }
}
