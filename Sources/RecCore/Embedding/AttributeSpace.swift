/// The one-hot space of attributes, with the categories and the weight of each attribute.
///
/// Columns are numbered attribute by attribute, category by category, as in scikit-learn's `OneHotEncoder` output.
/// The tables that go from columns to attributes are made once; copies share them, and comparing a space with a copy
/// of itself takes constant time.
public struct AttributeSpace: Sendable, Hashable {
    /// One column of the one-hot space.
    public enum Category: Sendable, Hashable {
        /// Products that have this value.
        case value(String)
        /// Products that have one of the values which are too rare for a column of their own.
        case infrequent
        /// Products that lack the attribute, if the encoder treats them as alike.
        case missing

        /// Whether both are the same category; values are compared by code points.
        public static func == (lhs: Category, rhs: Category) -> Bool {
            switch (lhs, rhs) {
            case (.value(let value), .value(let other)): ByteString(value) == ByteString(other)
            case (.infrequent, .infrequent), (.missing, .missing): true
            default: false
            }
        }

        /// Hashes the code points of a value.
        public func hash(into hasher: inout Hasher) {
            switch self {
            case .value(let value): hasher.combine(ByteString(value))
            case .infrequent: hasher.combine(1 as UInt8)
            case .missing: hasher.combine(2 as UInt8)
            }
        }
    }

    /// One attribute and its columns.
    public struct Attribute: Sendable, Hashable {
        /// The name of the attribute.
        public let name: String
        /// The categories in column order; no category occurs twice.
        public let categories: [Category]
        /// The relative weight of the attribute within the block; finite and not negative.
        public let weight: Double
        /// The categories without a column of their own, which share the column `infrequent`.
        ///
        /// Each is a `value` or `missing`. They are part of the space, so that an encoder rebuilt from it still
        /// distinguishes rare values from unknown ones.
        package let infrequentMembers: [Category]

        /// Creates an attribute.
        ///
        /// - Precondition: `weight` is finite and not negative; `categories` and `infrequentMembers` have no category
        ///   in common or twice; there are members only if there is a column `infrequent`, which is no member itself.
        public init(name: String, categories: [Category], weight: Double = 1, infrequentMembers: [Category] = []) {
            self.name = name
            self.categories = categories
            self.weight = weight
            self.infrequentMembers = infrequentMembers
            let flaw = self.flaw
            precondition(flaw == nil, flaw ?? "")
        }
    }

    private let tables: Tables

    /// Creates a space.
    ///
    /// - Precondition: No two attributes have the same name.
    public init(attributes: [Attribute]) {
        precondition(Set(attributes.map(\.name)).count == attributes.count, "attribute names must differ")
        tables = Tables(attributes)
    }

    /// The attributes in column order.
    public var attributes: [Attribute] { tables.attributes }

    /// The number of columns of all attributes together.
    ///
    /// - Complexity: O(1)
    package var width: Int { tables.attributeOfColumn.count }

    /// The first column of each attribute, followed by ``width``.
    ///
    /// - Complexity: O(1)
    package var offsets: [Int] { tables.offsets }

    /// The attribute number of every column.
    ///
    /// - Complexity: O(1)
    package var attributeOfColumn: [Int] { tables.attributeOfColumn }
}

/// Tables derived from the attributes, computed once and shared by all copies of a space.
///
/// Comparing tables with themselves takes constant time, and so does hashing.
private final class Tables: Sendable, Hashable {
    let attributes: [AttributeSpace.Attribute]
    let offsets: [Int]
    let attributeOfColumn: [Int]
    /// A hash of the attributes; differs from process to process as every `Hasher` value does.
    let fingerprint: Int

    init(_ attributes: [AttributeSpace.Attribute]) {
        self.attributes = attributes
        offsets = attributes.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.categories.count) }
        attributeOfColumn = attributes.indices.flatMap { index in attributes[index].categories.map { _ in index } }
        fingerprint = attributes.hashValue
    }

    static func == (lhs: Tables, rhs: Tables) -> Bool { lhs === rhs || lhs.attributes == rhs.attributes }

    func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}

extension AttributeSpace.Attribute {
    /// The documented rule that the attribute breaks, if it breaks one.
    fileprivate var flaw: String? {
        if !(weight.isFinite && weight >= 0) { return "weight must be finite and not negative" }
        if Set(categories + infrequentMembers).count != categories.count + infrequentMembers.count {
            return "categories must differ"
        }
        if infrequentMembers.contains(.infrequent) { return "infrequent must not be a member of itself" }
        if !infrequentMembers.isEmpty && !categories.contains(.infrequent) {
            return "infrequent members need a column"
        }
        return nil
    }
}
