import RecCore
import RecImage
import Testing

/// A queue before an extractor that holds every batch back until it is opened.
struct GatedQueue {
    let extractor = GatedExtractor(passes: 0)
    let queue: ExtractionQueue<GatedExtractor>

    init(threads: Int = 1, capacity: Int = 64, batch: Int = 4) throws {
        queue = try ExtractionQueue(extractor, threads: threads, capacity: capacity, batch: batch)
    }

    /// A call in a task of its own.
    struct Call {
        let inputs: [Int]
        let task: Task<[Result<DenseVector, any Error>], any Error>

        /// Checks that each input has the result that belongs to it.
        func expectFeatures() async throws { try GatedQueue.expect(try await task.value, of: inputs) }

        /// Checks that the call ends as one that is cancelled.
        func expectCancellation() async {
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    /// Starts a call and returns when its inputs wait or are with the extractor.
    ///
    /// No batch may end meanwhile.
    func call(_ inputs: Int...) async -> Call {
        let before = seen
        let call = Call(inputs: inputs, task: Task { [queue] in try await queue.features(of: inputs) })
        await until { seen == before + inputs.count }
        return call
    }

    /// Starts a call for each of some numbers, one after another.
    func calls(_ numbers: some Sequence<Int>) async -> [Call] {
        var calls: [Call] = []
        for number in numbers { calls.append(await call(number)) }
        return calls
    }

    /// The number of inputs that wait, are with the extractor, or were.
    private var seen: Int { queue.waiting + extractor.batches.joined().count }

    /// Checks that numbers have their features, and negative ones their refusals.
    static func expect(_ results: [Result<DenseVector, any Error>], of inputs: [Int]) throws {
        #expect(results.count == inputs.count)
        for (number, result) in zip(inputs, results) {
            if number < 0 {
                #expect(throws: GatedExtractor.Refusal(number: number)) { try result.get() }
            } else {
                #expect(try result.get() == GatedExtractor.vector(number))
            }
        }
    }
}

/// Waits until something is so; a test that waits in vain is ended by its time limit.
func until(_ isSo: () -> Bool) async {
    while !isSo(), !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
}
