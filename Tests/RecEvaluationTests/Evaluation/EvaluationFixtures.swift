import Foundation
import RecCore
import RecEvaluation
import RecIndex
import RecTesting

/// Goldens of the evaluation, made by `Scripts/goldens/ranking_metrics.py`.
enum EvaluationFixtures {
    struct RankedList: Decodable, Sendable {
        let gains: [Double]
        let k: Int
        let precision, recall, ndcg, binaryNDCG, averagePrecision, reciprocalRank: Double
    }

    struct Exposed: Decodable, Sendable {
        let counts: [Int]
        let skewness, gini: Double
    }

    struct Resampled: Decodable, Sendable {
        let resamples: Int
        let confidence: Double
        let seed: UInt64
        let values: [Double]
        let mean, lower, upper: Double
    }

    static func decode<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        let url = Bundle.module.bundleURL.appending(path: "Fixtures/Evaluation/\(name)")
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
    }

    /// An index whose products have a two-dimensional picture, given by its angle in degrees, and attributes.
    ///
    /// The metadata block encodes `colour`, when a product has one of `Blue` and `Red`.
    static func index(_ products: [(id: ProductID, angle: Double?, attributes: [String: AttributeValues])]) throws
        -> Index
    {
        let colours = AttributeSpace(attributes: [.init(name: "colour", categories: [.value("Blue"), .value("Red")])])
        let recipe: Recipe = ["backbone": "angle"]
        var builder = IndexBuilder(
            space: EmbeddingSpace(blocks: [
                .init(name: .image, kind: .dense(dimension: 2, recipe: recipe)),
                .init(name: .metadata, kind: .oneHot(colours)),
            ])
        )
        for (id, angle, attributes) in products {
            var embedding = Embedding([:])
            if let angle {
                let radians = angle / 180 * Double.pi
                embedding[.image] = .dense(
                    try DenseVector(normalizing: [Float(cos(radians)), Float(sin(radians))], recipe: recipe)
                )
            }
            if let column = ["Blue", "Red"].firstIndex(of: attributes["colour"]?.first) {
                embedding[.metadata] = .oneHot(try AttributeCodes(columns: [UInt32(column)], space: colours))
            }
            try builder.add(Product(id: id, attributes: attributes), embedding)
        }
        return try builder.build()
    }

    /// An index of random products, some without a block and some exact copies.
    static func index(of catalogue: RandomCatalogue) throws -> Index {
        var builder = IndexBuilder(space: catalogue.space)
        for item in catalogue.products { try builder.add(item.product, item.embedding) }
        return try builder.build()
    }
}

extension BlockWeights {
    /// The picture alone.
    static var imageOnly: BlockWeights { get throws { try BlockWeights(image: 1) } }
}
