/// A product of a catalogue: an identity, attributes and pictures, if there are any.
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

    /// The paths of the product's pictures, the main one first.
    ///
    /// A path may be any text that the host finds the picture by, such as a key in an object storage.
    public var pictures: [String] {
        get { (picture.map { [$0] } ?? []) + furtherPictures }
        set {
            picture = newValue.first
            furtherPictures = Array(newValue.dropFirst())
        }
    }

    /// The path of the main picture, which is the one that is shown; `nil` when there is none.
    public var picture: String? {
        didSet { if picture == nil { furtherPictures = [] } }
    }

    private var furtherPictures: [String] = []

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

    /// Creates a product with any number of pictures.
    public init(
        id: ProductID,
        attributes: [String: AttributeValues] = [:],
        title: String? = nil,
        pictures: [String]
    ) {
        self.init(id: id, attributes: attributes, title: title, picture: pictures.first)
        furtherPictures = Array(pictures.dropFirst())
    }

    /// Creates a product with attributes of different names, each with at least one value, and no value twice.
    package init(id: ProductID, differentAttributes attributes: [(name: String, values: [String])], title: String?) {
        self.id = id
        content = .own(attributes)
        self.title = title
    }

    /// Creates a product whose attributes are a row of a block.
    package init(id: ProductID, row: Int, of block: AttributeBlock, title: String?, pictures: [String]) {
        self.id = id
        content = .row(block, Int32(row))
        self.title = title
        self.pictures = pictures
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
        if let all = try container.decodeIfPresent([String].self, forKey: .pictures) { pictures = all }
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

    /// Calls a function with each attribute that has values, in no particular order.
    package func forEachAttribute(_ body: (_ name: String, _ values: ArraySlice<String>) -> Void) {
        content.forEach(body)
    }
}

extension Product {
    private enum CodingKeys: CodingKey { case id, attributes, title, picture, pictures }

    /// Encodes the fields by their names.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(attributes, forKey: .attributes)
        try container.encodeIfPresent(title, forKey: .title)
        try container.encodeIfPresent(picture, forKey: .picture)
        if !furtherPictures.isEmpty { try container.encode(pictures, forKey: .pictures) }
    }
}
