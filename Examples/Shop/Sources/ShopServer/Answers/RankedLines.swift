import Hummingbird
import NIOCore
import RecCore

extension Generation {
    /// The answer `{"results": […]}` with the neighbours, their titles and their pictures.
    func answer(_ neighbors: [Neighbor], after offset: Int) async throws -> Response {
        .text(try await body(neighbors, after: offset), type: "application/json")
    }

    /// The body of that answer.
    func body(_ neighbors: [Neighbor], after offset: Int) async throws -> ByteBuffer {
        let products = try await index.products(neighbors.map(\.id))
        var json = JSONWriter()
        json.object { json in
            json.array("results") { json in
                for (place, neighbor) in neighbors.enumerated() {
                    json.object { json in
                        json.field("rank", offset + place + 1)
                        json.field("id", neighbor.id.rawValue)
                        json.field("score", neighbor.score)
                        json.field("image", neighbor.cosines[.image])
                        json.field("metadata", neighbor.cosines[.metadata])
                        json.field("title", products[place]?.title)
                        json.field("picture", products[place].flatMap(pictures.address))
                    }
                }
            }
        }
        return ByteBuffer(bytes: json.bytes)
    }

    /// The answer `{"results": […]}` with recommendations, their reasons, titles and pictures.
    func answer(_ found: [Recommendation], after offset: Int) async throws -> Response {
        .text(try await body(found, after: offset), type: "application/json")
    }

    /// The body of that answer.
    func body(_ found: [Recommendation], after offset: Int) async throws -> ByteBuffer {
        let products = try await index.products(found.map(\.id))
        let lines = zip(found.ranked(from: offset + 1), products).map { line, product in
            RankedLine(line: line, title: product?.title, picture: product.flatMap(pictures.address))
        }
        return try ByteBuffer(json: ["results": lines])
    }
}

/// A line of the library's with title and picture of its product.
private struct RankedLine: Encodable {
    let line: Ranked<Recommendation>
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
