import Foundation
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

/// A line of a ranking with title and picture of its product.
struct RankedLine<Line: Encodable & Sendable>: Encodable {
    let line: Ranked<Line>
    let title: String?
    let picture: String?

    private enum Keys: CodingKey { case title, picture }

    func encode(to encoder: any Encoder) throws {
        try line.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(title, forKey: .title)
        try container.encode(picture, forKey: .picture)
    }
}

/// `{"results": […]}`.
struct Results<Line: Encodable>: Encodable {
    let results: [Line]
}

extension Generation {
    /// The lines of an answer with titles and pictures.
    func lines(_ neighbors: [Neighbor], after offset: Int) async throws -> Results<RankedLine<Neighbor>> {
        try await lines(neighbors.ranked(from: offset + 1), of: neighbors.map(\.id))
    }

    /// The lines of an answer with titles and pictures.
    func lines(_ found: [Recommendation], after offset: Int) async throws -> Results<RankedLine<Recommendation>> {
        try await lines(found.ranked(from: offset + 1), of: found.map(\.id))
    }

    private func lines<Line>(_ lines: [Ranked<Line>], of ids: [ProductID]) async throws -> Results<RankedLine<Line>> {
        let products = try await index.products(ids)
        return Results(
            results: zip(lines, products).map { line, product in
                RankedLine(line: line, title: product?.title, picture: product.flatMap(pictures.address))
            }
        )
    }
}

extension PictureFolders {
    /// The address of a product's picture on this server; `nil` when there is none.
    ///
    /// It carries a version, so that clients may keep the picture for long.
    func address(of product: Product) -> String? {
        guard let name = product.picture, serves(name) else { return nil }
        let id = product.id.rawValue.addingPercentEncoding(withAllowedCharacters: .inPath) ?? ""
        return id.isEmpty ? nil : "/pictures/\(id)?v=\(Self.version(of: name))"
    }

    /// A text that differs for pictures of different names.
    static func version(of name: String) -> String {
        // FNV-1a: it is no secret, and computed for each line of an answer.
        let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }
}

extension CharacterSet {
    /// What stands for itself within a part of a path.
    fileprivate static let inPath = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"
    )
}
