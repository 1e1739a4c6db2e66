import RecCore

/// An extractor that makes features of a text's bytes, and breaks one promise.
struct FaultyExtractor: FeatureExtractor {
    /// The promise that is broken; the text is what the suite says of it.
    enum Fault: String, CaseIterable, Sendable {
        /// Vectors are longer than announced.
        case dimension = "features have the announced dimension"
        /// Vectors have another recipe than announced.
        case recipe = "features have the announced recipe"
        /// The first of several inputs changes the features of all.
        case batch = "features must not depend on the rest of the batch"
        /// Results come in the order of the alphabet.
        case order = "results must be in the order of the inputs"
        /// A broken input has no result.
        case left = "every input must have a result"
        /// A broken input has features.
        case invented = "a broken input must have no features, and the others theirs"
        /// A broken input changes the features of the others.
        case spoiled = "a broken input must not disturb the others"
        /// The whole batch fails with a broken input.
        case rude = "Unreadable"
        /// No inputs have a result.
        case padded = "no inputs have no results"
    }

    struct Unreadable: Error {}

    let dimension = 4
    let recipe: Recipe = ["backbone": "bytes"]
    private let fault: Fault?

    init(_ fault: Fault?) { self.fault = fault }

    func features(of inputs: [String]) async throws -> [Result<DenseVector, any Error>] {
        let hasBroken = inputs.contains("broken")
        if fault == .rude, hasBroken { throw Unreadable() }
        if fault == .padded, inputs.isEmpty { return [.failure(Unreadable())] }
        var taken = inputs
        if fault == .order { taken.sort() }
        if fault == .left { taken.removeAll { $0 == "broken" } }
        return taken.map { input in
            guard input != "broken" || fault == .invented else { return .failure(Unreadable()) }
            let others =
                fault == .batch && inputs.count > 1 ? inputs[0] : fault == .spoiled && hasBroken ? "spoiled" : ""
            return Result { try vector(of: input + others) }
        }
    }

    private func vector(of text: String) throws -> DenseVector {
        let seed = text.utf8.reduce(5381 as UInt64) { $0 &* 33 &+ UInt64($1) }
        let count = fault == .dimension ? dimension + 1 : dimension
        let values = (0..<count).map { Float((seed >> (8 * UInt64($0))) & 0xFF) + 1 }
        return try DenseVector(normalizing: values, recipe: fault == .recipe ? ["backbone": "other"] : recipe)
    }
}
