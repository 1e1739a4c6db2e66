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

    /// The attributes by name; an attribute that is absent is missing.
    ///
    /// The dictionary is made at each reading; the subscript reads one attribute without it.
    ///
    /// - Complexity: O(number of attributes)
    public var attributes: [String: AttributeValues] {
        get { content.dictionary }
        set { content = ProductAttributes(newValue) }
    }

    private var content: ProductAttributes

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
        content = ProductAttributes(attributes)
        self.title = title
        self.picture = picture
    }

    /// Creates a product whose attributes are a row of a block.
    package init(id: ProductID, row: Int, of block: AttributeBlock, title: String?, picture: String?) {
        self.id = id
        content = .row(block, Int32(row))
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
        AttributeValues(different: Array(content.values(of: attribute)))
    }

    /// The values of an attribute without a copy; empty when it is missing.
    package func values(of attribute: String) -> ArraySlice<String> {
        content.values(of: attribute)
    }

    /// The names of the attributes that have values, in no particular order.
    package var attributeNames: [String] { content.names }
}

extension Product {
    private enum CodingKeys: CodingKey { case id, attributes, title, picture }

    /// Encodes the fields by their names.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(attributes, forKey: .attributes)
        try container.encodeIfPresent(title, forKey: .title)
        try container.encodeIfPresent(picture, forKey: .picture)
    }
}
