extension Example: Decodable {
    /// Decodes the identifier of a product, or `{"id": "15970", "weight": 2, "age": 86400}` with the age in seconds.
    ///
    /// - Throws: ``RecError`` with code `invalidQuery` that names the field.
    public init(from decoder: any Decoder) throws {
        if let id = try? decoder.singleValueContainer().decode(ProductID.self) {
            self = .product(id)
            return
        }
        let object = try RequestObject(decoder, expecting: "an identifier, or an object with id, weight and age")
        guard let id = try object.value("id", "a string", as: ProductID.self) else {
            throw object.error("id", "is missing")
        }
        self = .product(
            id,
            weight: try object.number("weight", in: 0...Double.greatestFiniteMagnitude, "a number") ?? 1,
            age: try object.duration("age")
        )
    }
}

extension GroupLimit: Decodable {
    /// Decodes the name of an attribute, or `{"attribute": "brand", "count": 2, "countsLikes": false}`.
    ///
    /// - Throws: ``RecError`` with code `invalidQuery` that names the field.
    public init(from decoder: any Decoder) throws {
        if let attribute = try? decoder.singleValueContainer().decode(String.self) {
            self.init(attribute: attribute)
            return
        }
        let object = try RequestObject(decoder, expecting: "an attribute, or an object with attribute and count")
        guard let attribute = try object.value("attribute", "a string", as: String.self) else {
            throw object.error("attribute", "is missing")
        }
        self.init(
            attribute: attribute,
            count: try object.number("count", in: 1...RequestLimits.count, "a whole number") ?? 1,
            countsLikes: try object.value("countsLikes", "true or false") ?? false
        )
    }
}
