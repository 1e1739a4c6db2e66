import RecCompute
import RecCore

/// An extractor of numbers that holds every batch back until it is let through, and remembers all batches.
///
/// A negative number has no features.
final class GatedExtractor: FeatureExtractor {
    /// Why a number has no features.
    struct Refusal: Error, Equatable {
        let number: Int
    }

    let recipe: Recipe = ["backbone": "gated"]
    let dimension = 2

    private let state: LockedValue<State>

    private struct State {
        var batches: [[Int]] = []
        var passes = 0
        var held: [CheckedContinuation<Void, Never>] = []
    }

    /// Creates an extractor that lets some batches through, all by default.
    init(passes: Int = .max) { state = LockedValue(State(passes: passes)) }

    /// The batches that came, in order.
    var batches: [[Int]] { state.withLock { $0.batches } }

    /// Lets batches through: the first of those held back, or the next to come.
    func open(for count: Int = .max) {
        let free = state.withLock { state in
            let free = Array(state.held.prefix(count))
            state.held.removeFirst(free.count)
            state.passes = count == .max ? .max : state.passes + count - free.count
            return free
        }
        for batch in free { batch.resume() }
    }

    /// The features of a number.
    static func vector(_ number: Int) -> DenseVector {
        let length = Double(number * number + 10000).squareRoot()
        return DenseVector(unit: [Float(Double(number) / length), Float(100 / length)], recipe: ["backbone": "gated"])
    }

    @concurrent
    func features(of inputs: [Int]) async throws -> [Result<DenseVector, any Error>] {
        await withCheckedContinuation { pass in
            let isFree = state.withLock { state in
                state.batches.append(inputs)
                guard state.passes > 0 else {
                    state.held.append(pass)
                    return false
                }
                if state.passes < .max { state.passes -= 1 }
                return true
            }
            if isFree { pass.resume() }
        }
        return inputs.map { number in
            number < 0 ? .failure(Refusal(number: number)) : .success(Self.vector(number))
        }
    }
}
