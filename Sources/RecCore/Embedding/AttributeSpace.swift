/// The one-hot space of attributes: which attributes there are, with which categories and which weights.
///
/// Columns are numbered attribute by attribute, category by category, as in scikit-learn's `OneHotEncoder` output.
public struct AttributeSpace: Sendable, Hashable, Codable {
    /// One column of the one-hot space.
    public enum Category: Sendable, Hashable, Codable {
        /// Products that have this value.
        case value(String)
        /// Products that have one of the values which are too rare for a column of their own.
        case infrequent
        /// Products that lack the attribute, where the encoder was asked to treat them as alike.
        case missing
    }

    /// One attribute and its columns.
    public struct Attribute: Sendable, Hashable, Codable {
        /// The name of the attribute.
        public let name: String
        /// The categories in column order.
        public let categories: [Category]
        /// The relative weight of the attribute within the block; finite and not negative.
        public let weight: Double

        /// Creates an attribute.
        ///
        /// - Precondition: `weight` is finite and not negative.
        public init(name: String, categories: [Category], weight: Double = 1) {
            precondition(weight.isFinite && weight >= 0, "weight must be finite and not negative")
            self.name = name
            self.categories = categories
            self.weight = weight
        }
    }

    /// The attributes in column order.
    public let attributes: [Attribute]

    /// Creates a space.
    public init(attributes: [Attribute]) {
        self.attributes = attributes
    }

    /// The number of columns of all attributes together.
    ///
    /// - Complexity: O(number of attributes)
    public var width: Int { attributes.reduce(0) { $0 + $1.categories.count } }

    /// The first column of each attribute, followed by ``width``.
    public var offsets: [Int] {
        attributes.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.categories.count) }
    }

    /// The attribute number of every column.
    public var attributeOfColumn: [Int] {
        attributes.indices.flatMap { index in attributes[index].categories.map { _ in index } }
    }
}
