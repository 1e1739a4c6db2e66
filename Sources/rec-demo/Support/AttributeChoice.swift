import Foundation
import RecCore
import RecMetadata

/// Which attributes an index compares by.
struct AttributeChoice {
    /// The categorical columns of the Kaggle set; year is a number and takes no part.
    private static let usual = [
        "gender", "masterCategory", "subCategory", "articleType", "baseColour", "season", "usage",
    ]

    private let names: [String]?

    /// Creates a choice from a comma-separated list; `nil` takes the usual attributes.
    init(_ list: String?) {
        names = list.map { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
    }

    /// An encoder fitted to the products, or nil when there is no attribute to encode.
    func encoder(for products: [Product]) throws -> OneHotEncoder? {
        let present = Set(products.lazy.flatMap(\.attributeNames))
        let usual = Self.usual.filter(present.contains)
        let chosen = names ?? (usual.isEmpty ? present.sorted() : usual)
        guard !chosen.isEmpty else { return nil }
        return try OneHotEncoder(fitting: products, attributes: chosen.map { AttributeEncoding($0) })
    }
}
