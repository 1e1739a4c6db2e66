import Foundation
import RecCore
import RecMetadata

/// A row of the fixtures, as Python wrote it.
struct EmbeddingRow: Decodable {
    struct Fault: Decodable {
        let code: String
        let message: String
    }

    let path: String
    let embedding: [Float]?
    let error: Fault?

    static func all() throws -> [EmbeddingRow] { try TestFiles.fixture("Embeddings/rows.json") }

    /// The recipe of all rows.
    static let recipe: Recipe = ["backbone": "none", "layer": "pooled"]

    static func file(_ name: String) -> String {
        Bundle.module.bundleURL.appending(path: "Fixtures/Embeddings/\(name)").path
    }
}

extension EmbeddingTable {
    /// The vector of a picture, or the error in its place.
    func result(for path: String) async throws -> Result<DenseVector, any Error> {
        try await features(of: [path])[0]
    }
}
