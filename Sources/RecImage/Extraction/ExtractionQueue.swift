internal import RecCompute
public import RecCore

/// Extracts features on its own threads, so that a server stays responsive during searches by picture.
///
/// ```swift
/// let network = try ExtractionQueue(CNNFeatureExtractor(.resnet50, weights: "resnet50-0676ba61.pth"), threads: 2)
/// let features = try await network.features(of: .data(body))
/// ```
/// A direct call of an extractor occupies a thread of the cooperative pool for a whole picture; as many calls as
/// processors leave no thread for other requests. A call of the queue waits without a thread. On Linux, the queue's
/// threads have a lower priority than the pool's.
///
/// Waiting inputs are extracted in batches. Calls take turns, one input each, in the order of arrival. A cancelled call
/// leaves the queue at once; a running extraction continues to its end, and its result is dropped.
///
/// Create one queue at start-up and share it between all requests. Its threads end after the last reference to it.
public final class ExtractionQueue<Base: FeatureExtractor>: FeatureExtractor {
    private let base: Base
    private let threads: Int
    private let capacity: Int
    private let batch: Int
    private let executor: ThreadExecutor
    private let state = LockedValue(State())

    private struct State: Sendable {
        var calls = ExtractionCalls<Base.Input>()
        var nextCall = 0
        var running = 0
    }

    /// Creates a queue for an extractor.
    ///
    /// - Parameters:
    ///   - base: The extractor.
    ///   - threads: The number of threads, and of running batches; as a rule the number of processors.
    ///   - capacity: The number of inputs that may wait while all threads are busy.
    ///   - batch: The greatest number of inputs in a batch.
    /// - Throws: `RecError` with code `invalidSetting` when `threads` is not in 1...256, or `capacity` or `batch` is less
    ///   than 1.
    public init(_ base: Base, threads: Int, capacity: Int = 64, batch: Int = 4) throws(RecError) {
        guard (1...256).contains(threads), capacity > 0, batch > 0 else {
            throw RecError(
                .invalidSetting,
                "An extraction queue cannot have \(threads) threads, a capacity of \(capacity) and batches of \(batch). "
                    + "Use 1 to 256 threads, and a capacity and batches of at least 1."
            )
        }
        self.base = base
        self.threads = threads
        self.capacity = capacity
        self.batch = batch
        executor = ThreadExecutor(threads: threads, niceness: 5)
    }

    /// The recipe of the extractor.
    public var recipe: Recipe { base.recipe }

    /// The number of components of each vector.
    public var dimension: Int { base.dimension }

    /// Brings an input into memory as the extractor does, without a place in the queue.
    public func load(_ input: Base.Input) async throws -> Base.Input { try await base.load(input) }

    /// The number of waiting inputs, for a host's metrics.
    public var waiting: Int { state.withLock { $0.calls.waiting } }

    /// Extracts the features of several inputs when it is their turn.
    ///
    /// - Returns: The extractor's result for each input, in the same order.
    /// - Throws: Immediately, `RecError` with code `queueFull` when the queue has no room for all inputs now, and with
    ///   code `invalidQuery` when they exceed its capacity; `CancellationError` as soon as the task is cancelled.
    public func features(of inputs: [Base.Input]) async throws -> [Result<DenseVector, any Error>] {
        try Task.checkCancellation()
        if inputs.isEmpty { return [] }
        let call = state.withLock { state in
            state.nextCall += 1
            return state.nextCall
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { answer in
                do { try add(call, inputs, answer) } catch { answer.resume(throwing: error) }
            }
        } onCancel: {
            state.withLock { $0.calls.remove(call) }?.resume(throwing: CancellationError())
        }
    }

    /// Adds a call, and starts work on as many batches as there are idle threads.
    private func add(_ call: Int, _ inputs: [Base.Input], _ answer: ExtractionCalls<Base.Input>.Answer) throws {
        guard inputs.count <= capacity else {
            throw RecError(
                .invalidQuery,
                "\(inputs.count) inputs in one call; the queue has a capacity of \(capacity). Pass fewer at a time."
            )
        }
        let batches = try state.withLock { state in
            // A cancellation handler that ran earlier found no call to remove.
            try Task.checkCancellation()
            guard state.calls.waiting + inputs.count <= capacity else {
                throw RecError(.queueFull, "\(state.calls.waiting) inputs are waiting already. Try again later.")
            }
            state.calls.add(call, inputs, answer)
            var batches: [ExtractionCalls<Base.Input>.Batch] = []
            while state.running < threads, state.calls.waiting > 0 {
                batches.append(nextBatch(&state))
                state.running += 1
            }
            return batches
        }
        for batch in batches {
            Task.detached(executorPreference: executor) { await self.work(from: batch) }
        }
    }

    /// Takes the next batch: at most a thread's share of the waiting inputs.
    private func nextBatch(_ state: inout State) -> ExtractionCalls<Base.Input>.Batch {
        state.calls.take(min(batch, (state.calls.waiting + threads - 1) / threads))
    }

    /// Extracts batch after batch until no input waits.
    private func work(from first: ExtractionCalls<Base.Input>.Batch) async {
        var next: ExtractionCalls<Base.Input>.Batch? = first
        while let batch = next {
            let results = await results(of: batch.inputs)
            let answered = state.withLock { state in
                let answered = state.calls.finish(batch, results)
                next = state.calls.waiting > 0 ? nextBatch(&state) : nil
                if next == nil { state.running -= 1 }
                return answered
            }
            for (answer, results) in answered { answer.resume(returning: results) }
        }
    }

    /// One result for each input, even when the extractor throws or gives another number of results.
    private func results(of inputs: [Base.Input]) async -> [Result<DenseVector, any Error>] {
        do {
            let results = try await base.features(of: inputs)
            guard results.count == inputs.count else {
                throw RecError(
                    .brokenContract,
                    "The extractor gave \(results.count) results for \(inputs.count) inputs; it must give one for each."
                )
            }
            return results
        } catch {
            return inputs.map { _ in .failure(error) }
        }
    }
}
