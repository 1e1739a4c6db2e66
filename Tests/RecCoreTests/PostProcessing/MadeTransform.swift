import RecCore
import RecTesting

/// A transform with random numbers, as if they had been fitted.
func madeTransform(
    of dimension: Int,
    to outputDimension: Int? = nil,
    power: Double = 1,
    centres: Bool = true,
    seed: UInt64,
    base: Recipe = ["backbone": "random"]
) -> EmbeddingTransform {
    var random = SeededGenerator(seed: seed)
    func row() -> [Float] { (0..<dimension).map { _ in Float.random(in: -1...1, using: &random) } }
    return EmbeddingTransform(
        base: base,
        inputDimension: dimension,
        steps: [Recipe.Field(name: "power", value: "\(power)"), Recipe.Field(name: "projection", value: "random")],
        power: power,
        mean: centres ? row().map { $0 / 10 } : nil,
        matrix: outputDimension.map { count in (0..<count).map { _ in row() } }
    )
}
