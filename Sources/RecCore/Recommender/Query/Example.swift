/// A product, picture or embedding that a person likes or dislikes.
///
/// ```swift
/// let likes: [Example] = ["15970", .product("1163", weight: 2, age: .seconds(86_400))]
/// ```
public struct Example: Sendable, Hashable {
    /// The subject of a like or dislike.
    package enum Subject: Sendable, Hashable {
        /// A product of the index.
        case product(ProductID)
        /// An embedding, of the index's space, that need not belong to any product.
        case embedding(Embedding)
    }

    /// The subject of a like or dislike.
    package var subject: Subject

    /// The weight relative to other examples; finite and not negative.
    package var weight: Double

    /// The age of the like or dislike, for ``RecommendationQuery/halfLife``; `nil` counts as now.
    package var age: Duration?

    /// Creates an example.
    package init(_ subject: Subject, weight: Double = 1, age: Duration? = nil) {
        self.subject = subject
        self.weight = weight
        self.age = age
    }

    /// A product of the index.
    public static func product(_ id: ProductID, weight: Double = 1, age: Duration? = nil) -> Example {
        Example(.product(id), weight: weight, age: age)
    }

    /// An embedding, of the index's space.
    public static func embedding(_ embedding: Embedding, weight: Double = 1, age: Duration? = nil) -> Example {
        Example(.embedding(embedding), weight: weight, age: age)
    }

    /// The identifier, when the example is a product.
    public var id: ProductID? {
        if case .product(let id) = subject { id } else { nil }
    }
}

extension Example: ExpressibleByStringLiteral {
    /// Creates an example from the identifier of a product.
    public init(stringLiteral value: String) {
        self.init(.product(ProductID(value)))
    }
}
