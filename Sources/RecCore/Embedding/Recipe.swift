/// How a block was made: everything that changes its numbers, as named fields.
///
/// For an image block these are backbone, SHA-256 of the weights, layer, pooling and preprocessing. Vectors of equal
/// dimension but different recipes are not comparable. Each vector carries its recipe, so mixing them throws an error
/// and never gives a wrong answer.
public struct Recipe: Sendable, Hashable {
    /// One named ingredient.
    package struct Field: Sendable, Hashable {
        /// The name of the field, for example `backbone`.
        package let name: String
        /// Its value, for example `resnet50`.
        package let value: String

        /// Creates a field.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The fields in the order in which they are shown.
    package let fields: [Field]

    /// Creates a recipe from its fields.
    package init(fields: [Field]) {
        self.fields = fields
    }

    /// The value of a field, if the recipe has it.
    public subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// The differences of `other`, field by field; empty when the recipes are equal.
    package func differences(from other: Recipe) -> [String] {
        var names: [String] = fields.map(\.name)
        for field in other.fields where !names.contains(field.name) { names.append(field.name) }
        return names.compactMap { name in
            let mine = self[name]
            let theirs = other[name]
            return mine == theirs ? nil : "\(name): \(mine ?? "none") is not \(theirs ?? "none")"
        }
    }
}

extension Recipe: ExpressibleByDictionaryLiteral {
    /// Creates a recipe, keeping the order of the literal.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }
}

extension Recipe: CustomStringConvertible {
    /// The fields as `name=value`, separated by blanks.
    public var description: String {
        fields.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    }
}
