import Foundation
import RecCore
import RecMetadata

/// The attributes of the products that vectors belong to, as a catalogue's table has them.
struct CatalogueAttributes {
    /// Turns attributes into a block.
    let encoder: OneHotEncoder
    private let products: [Product]

    /// Reads the table that a command names; `nil` when it names none.
    init?(_ command: Command) throws {
        guard let catalogue = command.catalogue else { return nil }
        let names = try command.required(command.attributes, "attributes")
        let ids = try String(contentsOfFile: command.required(command.ids, "ids"), encoding: .utf8)
        let all = try CSVCatalogue(path: catalogue).read().products
        let byID = Dictionary(all.map { ($0.id.rawValue, $0) }) { first, _ in first }
        products = try ids.split(separator: "\n").map { id in
            guard let product = byID[String(id)] else { throw BenchError("\(catalogue) has no product \(id)") }
            return product
        }
        encoder = try OneHotEncoder(fitting: products, attributes: names.map { AttributeEncoding($0) })
    }

    /// The product of a vector, named by its position, with the attributes that are encoded.
    func product(at row: Int) throws -> Product {
        guard products.indices.contains(row) else { throw BenchError("there are only \(products.count) identifiers") }
        let attributes = Dictionary(
            uniqueKeysWithValues: encoder.space.attributes.map { ($0.name, products[row][$0.name]) }
        )
        return Product(id: ProductID(String(row)), attributes: attributes)
    }
}
