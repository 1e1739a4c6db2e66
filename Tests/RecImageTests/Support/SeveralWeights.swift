import RecCore
import RecNetwork

/// Several weights as those of one file.
struct SeveralWeights: TensorSource {
    let tensorNames: [String]
    private let parts: [ReferenceWeights]
    private let part: [String: Int]

    init(_ parts: [ReferenceWeights]) {
        self.parts = parts
        tensorNames = parts.flatMap(\.tensorNames)
        var part: [String: Int] = [:]
        for (number, weights) in parts.enumerated() {
            for name in weights.tensorNames { part[name] = number }
        }
        self.part = part
    }

    func shape(of name: String) -> [Int]? { part[name].flatMap { parts[$0].shape(of: name) } }

    func floats(of name: String) throws -> [Float] {
        guard let number = part[name] else { throw RecError(.missingTensor, name) }
        return try parts[number].floats(of: name)
    }
}

/// Weights of which some tensors cannot be read.
struct Unreadable: TensorSource {
    let weights: any TensorSource
    let names: Set<String>

    var tensorNames: [String] { weights.tensorNames }

    func shape(of name: String) -> [Int]? { names.contains(name) ? nil : weights.shape(of: name) }

    func obstacle(to name: String) -> RecError? {
        names.contains(name) ? RecError(.unsupportedWeights, "the reason of \(name)") : nil
    }

    func floats(of name: String) throws -> [Float] { try weights.floats(of: name) }
}

extension ReferenceWeights {
    /// These weights with the numbers that `other` has changed, under the names here.
    func keeping(_ other: ReferenceWeights) -> ReferenceWeights {
        var result = self
        for (new, old) in zip(tensorNames, other.tensorNames) { result.damaged[new] = other.damaged[old] }
        return result
    }
}
