import RecMath
import RecNetwork

/// Random weights for a network of one layer.
struct RandomParameters: ParameterSource {
    let weights: [Float]

    init(count: Int) {
        var random = SplitMix64(seed: 1)
        weights = (0..<count).map { _ in random.centered() }
    }

    func values(of parameter: Parameter) throws -> [Float] { weights }
}
