/// A product of a catalogue: an identity, attributes and an optional picture.
///
/// ```swift
/// let shirt = Product(
///     id: "15970",
///     attributes: ["gender": "Men", "baseColour": "Navy Blue", "fabric": ["Cotton", "Linen"]],
///     picture: "catalogue/images/15970.jpg"
/// )
/// ```
public struct Product: Sendable, Hashable, Codable {
    /// The identity of the product in its catalogue.
    public let id: ProductID

    /// The attributes by name; an attribute that is absent or has no values is missing.
    public var attributes: [String: AttributeValues]

    /// The displayed name, if there is one.
    ///
    /// It takes no part in similarity.
    public var title: String?

    /// The path of the product's picture, if there is one.
    public var picture: String?

    /// Creates a product.
    public init(
        id: ProductID,
        attributes: [String: AttributeValues] = [:],
        title: String? = nil,
        picture: String? = nil
    ) {
        self.id = id
        let hasEmpty = attributes.values.contains(where: \.isEmpty)
        self.attributes = hasEmpty ? attributes.filter { !$0.value.isEmpty } : attributes
        self.title = title
        self.picture = picture
    }

    /// Decodes the fields by their names; an attribute without values is missing, as for any other product.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try container.decode(ProductID.self, forKey: .id),
            attributes: try container.decode([String: AttributeValues].self, forKey: .attributes),
            title: try container.decodeIfPresent(String.self, forKey: .title),
            picture: try container.decodeIfPresent(String.self, forKey: .picture)
        )
    }

    /// The values of an attribute; empty when it is missing.
    public subscript(attribute: String) -> AttributeValues {
        attributes[attribute] ?? []
    }
}
