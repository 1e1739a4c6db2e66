import Foundation
import RecImage
import Testing

/// What `Scripts/goldens/backbones.py` and `families.py` stored: for each model the tensors of its library's files and its
/// features.
struct BackboneGoldens: Decodable {
    struct Golden: Decodable {
        let size: Int
        let layer: String
        let pooling: String
        /// The factor of all kernels; 1 if it is not there.
        let gain: Double?
        /// How the library prepares pictures by default, where it says so.
        let preparation: Preparation?
        private let tensors: String
        private let features: Data

        /// Little-endian floats.
        var expected: [Double] {
            stride(from: 0, to: features.count, by: 4).map { start in
                let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(features[start + $1]) << (8 * UInt32($1)) }
                return Double(Float(bitPattern: bits))
            }
        }

        /// Reads `name=64x3x7x7`, where a scalar has nothing after the sign, and `bn.weight,bias=64`.
        var tensorShapes: [(name: String, shape: [Int])] {
            var result: [(name: String, shape: [Int])] = []
            for entry in tensors.split(separator: " ") {
                let parts = entry.split(separator: "=", omittingEmptySubsequences: false)
                let shape = parts[1].split(separator: "x").compactMap { Int($0) }
                let names = parts[0].split(separator: ",").map { String($0) }
                let module = names[0].lastIndex { $0 == "." || $0 == "/" }.map { String(names[0][...$0]) } ?? ""
                result.append((names[0], shape))
                for name in names.dropFirst() { result.append((module + name, shape)) }
            }
            return result
        }

        /// Weights for exactly these tensors.
        func weights() -> ReferenceWeights {
            let tensors = tensorShapes
            let isKeras = tensors.contains { $0.name.contains("/") }
            return ReferenceWeights(tensors, order: isKeras ? .outputLast : .outputFirst, gain: gain ?? 1)
        }
    }

    /// The short side, the crop and the numbers of a library's transform.
    struct Preparation: Decodable {
        let resize: Int
        let crop: Int
        let filter: String
        let mean: [Float]
        let deviation: [Float]

        var preprocessing: Preprocessing? {
            Resampling(rawValue: filter).map {
                Preprocessing(
                    resize: .shortSide(resize),
                    filter: $0,
                    outputSize: ImageSize(width: crop, height: crop),
                    normalization: PixelNormalization(mean: mean, deviation: deviation)
                )
            }
        }
    }

    let goldens: [String: Golden]
    /// For each model the layer that each numbered group of a Keras 3 weight file holds.
    let kerasVariables: [String: [String: String]]

    static func load(_ name: String) throws -> BackboneGoldens {
        let resources = try #require(Bundle.module.resourceURL)
        let url = resources.appendingPathComponent("Fixtures/Backbones/\(name).json")
        return try JSONDecoder().decode(BackboneGoldens.self, from: Data(contentsOf: url))
    }

    static let shared = Result { try load("backbones") }
    static let families = Result { try load("families") }

    static func golden(_ name: String) throws -> Golden {
        try #require(try shared.get().goldens[name] ?? families.get().goldens[name], "no golden named \(name)")
    }
}
