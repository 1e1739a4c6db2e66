import RecCompute
import RecCore

/// An extractor whose features are made from the name of the picture.
struct FakeExtractor: FeatureExtractor {
    struct Broken: Error {}

    var recipe: Recipe = ["backbone": "fake"]
    var dimension: Int { 4 }
    var delays = false
    var isRude = false

    func features(of inputs: [String]) async throws -> [Result<DenseVector, any Error>] {
        try Task.checkCancellation()
        if isRude { throw Broken() }
        // Batches end in another order than they began, so that their order must be restored.
        if delays {
            try await Task.sleep(for: .microseconds((inputs[0].utf8.reduce(0) { $0 * 7 + Int($1) } % 5) * 300))
        }
        return inputs.map { input in
            if input.hasPrefix("broken") { return .failure(Broken()) }
            let seed = input.utf8.reduce(5381 as UInt64) { $0 &* 33 &+ UInt64($1) }
            let values = (0..<4).map { Float((seed >> (8 * UInt64($0))) & 0xFF) + 1 }
            return Result { try DenseVector(normalizing: values, recipe: recipe) }
        }
    }
}

/// An extractor that has no room at first, and takes no more inputs than its capacity at once, as a queue does.
final class BusyExtractor: FeatureExtractor {
    let recipe = FakeExtractor().recipe
    let dimension = FakeExtractor().dimension
    private let capacity: Int
    private let refusals: LockedValue<Int>

    init(refusals: Int, capacity: Int) {
        self.refusals = LockedValue(refusals)
        self.capacity = capacity
    }

    func features(of inputs: [String]) async throws -> [Result<DenseVector, any Error>] {
        guard inputs.count <= capacity else { throw RecError(.invalidQuery, "Too many at once.") }
        let refuses = refusals.withLock { left in
            left -= 1
            return left >= 0
        }
        if refuses { throw RecError(RecError.Code("no-room", .busy), "Try again later.") }
        return try await FakeExtractor().features(of: inputs)
    }
}

/// An encoder of one attribute, `colour`, that refuses the value `Octarine`.
struct FakeEncoder: MetadataEncoder {
    struct Unknown: Error {}

    let space = AttributeSpace(attributes: [.init(name: "colour", categories: [.value("Blue"), .value("Red")])])

    func encode(_ product: Product) throws -> AttributeCodes? {
        switch product["colour"].first {
        case "Blue": try AttributeCodes(columns: [0], space: space)
        case "Red": try AttributeCodes(columns: [1], space: space)
        case "Octarine": throw Unknown()
        default: nil
        }
    }
}

/// A cache in memory.
final class FakeCache: FeatureCache {
    struct Full: Error {}

    private let entries = LockedValue<[String: DenseVector]>([:])
    private let limit: Int

    init(limit: Int = .max) { self.limit = limit }

    var count: Int { entries.withLock { $0.count } }

    func key(of product: Product) -> String? { product.picture }

    func features(for key: String, recipe: Recipe) -> DenseVector? {
        entries.withLock { $0[key] }.flatMap { $0.recipe == recipe ? $0 : nil }
    }

    func store(_ features: DenseVector, for key: String) throws {
        try entries.withLock { entries in
            guard entries.count < limit else { throw Full() }
            entries[key] = features
        }
    }
}
