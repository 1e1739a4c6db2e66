import Foundation
import RecImage
import Testing

/// What `Scripts/goldens/backbones.py` stored: for each model the tensors of its library's files and its features.
struct BackboneGoldens: Decodable {
    struct Golden: Decodable {
        let size: Int
        let layer: String
        let pooling: String
        private let tensors: String
        private let features: Data

        /// Little-endian floats.
        var expected: [Double] {
            stride(from: 0, to: features.count, by: 4).map { start in
                let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(features[start + $1]) << (8 * UInt32($1)) }
                return Double(Float(bitPattern: bits))
            }
        }

        /// Reads `name=64x3x7x7`; a scalar has nothing after the sign.
        var tensorShapes: [(name: String, shape: [Int])] {
            tensors.split(separator: " ").map { entry in
                let parts = entry.split(separator: "=", omittingEmptySubsequences: false)
                return (String(parts[0]), parts[1].split(separator: "x").compactMap { Int($0) })
            }
        }

        /// Weights for exactly these tensors.
        func weights() -> ReferenceWeights {
            let tensors = tensorShapes
            let isKeras = tensors.contains { $0.name.hasSuffix(":0") }
            return ReferenceWeights(tensors, order: isKeras ? .outputLast : .outputFirst)
        }
    }

    let goldens: [String: Golden]
    /// For each model the layer that each numbered group of a Keras 3 weight file holds.
    let kerasVariables: [String: [String: String]]

    static func load() throws -> BackboneGoldens {
        let resources = try #require(Bundle.module.resourceURL)
        let url = resources.appendingPathComponent("Fixtures/Backbones/backbones.json")
        return try JSONDecoder().decode(BackboneGoldens.self, from: Data(contentsOf: url))
    }

    static let shared = Result { try load() }

    static func golden(_ name: String) throws -> Golden {
        try #require(try shared.get().goldens[name], "no golden named \(name)")
    }
}
