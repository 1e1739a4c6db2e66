import RecCore

/// A product in an answer: `{"id": "…", "title": "…", "picture": "/pictures/…", "attributes": {"gender": ["Men"]}}`.
struct ProductLine: Encodable {
    let id: ProductID
    let title: String?
    let picture: String?
    let attributes: [String: [String]]

    init(_ product: Product, _ pictures: PictureFolders) {
        id = product.id
        title = product.title
        picture = pictures.address(of: product)
        attributes = product.attributes.mapValues(\.values)
    }

    private enum Keys: CodingKey { case id, title, picture, attributes }

    /// Encodes null for what is missing.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(id, forKey: .id)
        try container.encode(title, forKey: .title)
        try container.encode(picture, forKey: .picture)
        try container.encode(attributes, forKey: .attributes)
    }
}
