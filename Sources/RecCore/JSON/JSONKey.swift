/// The name of a field of a JSON object, any text.
struct JSONKey: CodingKey {
    let stringValue: String

    init(_ name: String) { stringValue = name }

    init?(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }

    var intValue: Int? { nil }
}

extension KeyedEncodingContainer<JSONKey> {
    /// Encodes a number; null when it is missing, or not finite, which JSON cannot express.
    mutating func encode(number: Double?, _ name: String) throws {
        if let number, number.isFinite {
            try encode(number, forKey: JSONKey(name))
        } else {
            try encodeNil(forKey: JSONKey(name))
        }
    }

    /// Encodes identifier, score and cosines, the first fields of every line of an answer.
    mutating func encode(_ id: ProductID, _ score: Double, _ cosines: BlockCosines) throws {
        try encode(id, forKey: JSONKey("id"))
        try encode(number: score, "score")
        try encode(cosines)
    }

    /// Encodes a field for the picture and one for the attributes, then one for each further block.
    mutating func encode(_ cosines: BlockCosines) throws {
        try encode(number: cosines[.image], "image")
        try encode(number: cosines[.metadata], "metadata")
        for name in cosines.names where name != .image && name != .metadata {
            let field = Self.answerFields.contains(name.rawValue) ? "block \(name)" : name.rawValue
            try encode(number: cosines[name], field)
        }
    }

    /// Encodes title, picture and attributes of a product.
    mutating func encode(contentsOf product: Product?) throws {
        guard let product else { return }
        try encodeIfPresent(product.title, forKey: JSONKey("title"))
        try encodeIfPresent(product.picture, forKey: JSONKey("picture"))
        let pictures = product.pictures
        if pictures.count > 1 { try encode(pictures, forKey: JSONKey("pictures")) }
        try encode(product.attributes, forKey: JSONKey("attributes"))
    }

    /// The fields that a block of the same name must not take.
    private static var answerFields: Set<String> {
        ["rank", "id", "score", "title", "picture", "pictures", "attributes", "parts", "because", "percentile"]
    }
}
