import Foundation
import NIOCore
import RecCore

/// A product as a client puts it: attributes, and a picture if it has one.
struct ProductForm {
    let attributes: [String: AttributeValues]
    let title: String?
    let picture: [UInt8]?

    private static let longestText = 1000
    private static let mostAttributes = 64
    private static let mostValues = 100

    /// Reads the body of a PUT.
    ///
    /// - Throws: `ShopError`; `DecodingError` for attributes that are not JSON.
    init(_ body: ByteBuffer, contentType: String) throws {
        let form = try MultipartForm(body, contentType: contentType, names: ["attributes", "picture", "title"])
        guard let json = form.parts["attributes"] else {
            throw ShopError.invalidRequest("The part 'attributes' is missing. Send a JSON object.")
        }
        let fields = try JSONDecoder().decode([String: AttributeField].self, from: Data(json))
        attributes = fields.mapValues(\.values).filter { !$0.value.isEmpty }
        title = try form.parts["title"].map { bytes in
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw ShopError.invalidRequest("The part 'title' is not UTF-8.")
            }
            return text
        }
        picture = form.parts["picture"]
        try check()
    }

    private func check() throws {
        guard attributes.count <= Self.mostAttributes else {
            throw ShopError.invalidProduct("The product has more than \(Self.mostAttributes) attributes.")
        }
        let texts = attributes.keys + attributes.values.flatMap(\.values) + [title ?? ""]
        guard texts.allSatisfy({ $0.utf8.count <= Self.longestText }), !attributes.keys.contains("") else {
            throw ShopError.invalidProduct("A name or a value is empty or longer than \(Self.longestText) bytes.")
        }
        guard attributes.values.allSatisfy({ $0.values.count <= Self.mostValues }) else {
            throw ShopError.invalidProduct("An attribute has more than \(Self.mostValues) values.")
        }
    }

    /// Checks an identifier that a client chose for a product.
    ///
    /// - Throws: `ShopError`.
    static func check(_ id: ProductID) throws {
        let isPlain = id.rawValue.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
        guard isPlain, (1...200).contains(id.rawValue.utf8.count) else {
            throw ShopError.invalidProduct("An identifier must have 1 to 200 bytes and no control characters.")
        }
    }
}

/// The values of an attribute in JSON: a text, a number, or a list of these.
private struct AttributeField: Decodable {
    let values: AttributeValues

    init(from decoder: any Decoder) throws {
        if let one = try? decoder.singleValueContainer().decode(Text.self) {
            values = AttributeValues([one.text])
        } else {
            values = AttributeValues(try decoder.singleValueContainer().decode([Text].self).map(\.text))
        }
    }

    private struct Text: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let whole = try? container.decode(Int.self) {
                text = "\(whole)"
            } else if let number = try? container.decode(Double.self) {
                text = "\(number)"
            } else {
                text = try container.decode(String.self)
            }
        }
    }
}
