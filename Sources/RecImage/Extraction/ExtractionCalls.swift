internal import RecCore

/// The unanswered calls of an ``ExtractionQueue``, and the order in which their inputs are taken.
///
/// Calls take turns, one input each, in the order of arrival. Calls with one input are first in, first out; a call with
/// many inputs does not delay the others.
struct ExtractionCalls<Input: Sendable>: Sendable {
    typealias Results = [Result<DenseVector, any Error>]
    typealias Answer = CheckedContinuation<Results, any Error>

    /// The number of inputs that have not been taken.
    private(set) var waiting = 0

    private var calls: [Int: Call] = [:]
    /// The calls with inputs that have not been taken, the next one first.
    private var turns: [Int] = []

    /// Inputs that are extracted in one batch.
    struct Batch: Sendable {
        fileprivate(set) var inputs: [Input] = []
        /// The call and the position in it of each input.
        fileprivate var places: [(call: Int, position: Int)] = []
    }

    private struct Call {
        let inputs: [Input]
        let answer: Answer
        var taken = 0
        var finished = 0
        var results: [Result<DenseVector, any Error>?]
    }

    /// Adds a call.
    mutating func add(_ call: Int, _ inputs: [Input], _ answer: Answer) {
        calls[call] = Call(inputs: inputs, answer: answer, results: Array(repeating: nil, count: inputs.count))
        turns.append(call)
        waiting += inputs.count
    }

    /// Takes the next inputs.
    mutating func take(_ count: Int) -> Batch {
        var batch = Batch()
        while batch.inputs.count < count, let call = turns.first {
            turns.removeFirst()
            guard let position = calls[call]?.taken, let inputs = calls[call]?.inputs else { continue }
            batch.inputs.append(inputs[position])
            batch.places.append((call, position))
            calls[call]?.taken += 1
            waiting -= 1
            if position + 1 < inputs.count { turns.append(call) }
        }
        return batch
    }

    /// Stores the results of a batch; results for removed calls are dropped.
    ///
    /// - Returns: The calls that now have all their results.
    mutating func finish(_ batch: Batch, _ results: Results) -> [(answer: Answer, results: Results)] {
        var answered: [(Answer, Results)] = []
        for ((call, position), result) in zip(batch.places, results) {
            // In place: a copy of the call would copy the results of all its inputs each time.
            calls[call]?.results[position] = result
            calls[call]?.finished += 1
            guard let entry = calls[call], entry.finished == entry.inputs.count else { continue }
            calls[call] = nil
            answered.append((entry.answer, entry.results.compactMap(\.self)))
        }
        return answered
    }

    /// Removes a call with all its inputs.
    ///
    /// - Returns: The receiver of its answer, or `nil` when there is no such call.
    mutating func remove(_ call: Int) -> Answer? {
        guard let entry = calls.removeValue(forKey: call) else { return nil }
        waiting -= entry.inputs.count - entry.taken
        turns.removeAll { $0 == call }
        return entry.answer
    }
}
