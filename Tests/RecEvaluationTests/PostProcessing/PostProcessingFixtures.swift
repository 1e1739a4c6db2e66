import Foundation
import RecCore
import RecEvaluation
import RecTesting
import Testing

/// What `Scripts/goldens/post_processing.py` computed with NumPy, SciPy and scikit-learn.
struct PostProcessingGoldens: Decodable {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let power: Double
        let projected: [Double]
        let unit: [Double]
        let dimension: Int

        var testDescription: String { "\(name) after the power \(power)" }

        /// The plan that the case is named for.
        var plan: PostProcessing {
            let words = name.split(separator: " ")
            let number = words.last.flatMap { Double($0) } ?? 0
            return switch words[0] {
            case "pca": PostProcessing(power: power, projection: .principalComponents(dimension: 8, exponent: number))
            case "discriminants":
                PostProcessing(power: power, projection: .discriminants(dimension: 4, shrinkage: number))
            default: PostProcessing(power: power, projection: .centring)
            }
        }
    }

    static let recipe: Recipe = ["backbone": "made up", "layer": "pooled"]

    let dimension: Int
    let rows: [Float]
    let groups: [String]
    let queries: [Float]
    let cases: [Case]

    static func load() throws -> PostProcessingGoldens {
        let url = Bundle.module.bundleURL.appending(path: "Fixtures/PostProcessing/cases.json")
        return try JSONDecoder().decode(PostProcessingGoldens.self, from: Data(contentsOf: url))
    }

    /// The vectors to fit to.
    func sample() throws -> [DenseVector] { try vectors(rows) }

    /// Vectors that are not in the sample.
    func asked() throws -> [DenseVector] { try vectors(queries) }

    private func vectors(_ numbers: [Float]) throws -> [DenseVector] {
        try stride(from: 0, to: numbers.count, by: dimension).map {
            try DenseVector(normalizing: Array(numbers[$0..<$0 + dimension]), recipe: Self.recipe)
        }
    }
}

/// Random vectors that point to all sides, some sides more than others, off the origin.
func randomVectors(_ count: Int, dimension: Int, seed: UInt64, recipe: Recipe = ["backbone": "random"]) throws
    -> [DenseVector]
{
    var random = SeededGenerator(seed: seed)
    return try (0..<count).map { _ in
        let values = (0..<dimension).map { Float.random(in: -1...1, using: &random) / Float($0 + 1) + 0.1 }
        return try DenseVector(normalizing: values, recipe: recipe)
    }
}
