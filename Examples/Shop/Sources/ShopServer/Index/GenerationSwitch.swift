import Logging
import NIOConcurrencyHelpers
import RecCore

/// The generation that requests work with, and the exchange of it while they do.
///
/// A request holds the generation that it began with; an old one is closed when its last request has ended.
final class GenerationSwitch: Sendable {
    private let state: NIOLockedValueBox<State>
    private let logger: Logger

    fileprivate struct State {
        var current: Generation
        /// The requests under way, by the number of their generation; the current one may have 0.
        var holders: [Int: Int] = [:]
        /// Generations that are no longer current and still have requests.
        var retired: [Int: Generation] = [:]
        var isClosed = false
    }

    init(_ first: Generation, logger: Logger) {
        state = NIOLockedValueBox(State(current: first))
        self.logger = logger
    }

    /// The generation of new requests.
    var current: Generation { state.withLockedValue { $0.current } }

    /// Calls a function with the current generation, which stays open until it returns.
    ///
    /// - Throws: `ShopError` when the server is at its end, and the errors of the function.
    func withCurrent<Value: Sendable>(_ body: (Generation) async throws -> Value) async throws -> Value {
        let generation = try state.withLockedValue { state in
            guard !state.isClosed else { throw ShopError.shuttingDown }
            state.holders[state.current.number, default: 0] += 1
            return state.current
        }
        do {
            let value = try await body(generation)
            await release(generation)
            return value
        } catch {
            await release(generation)
            throw error
        }
    }

    /// Gives new requests another generation; one that comes after the end is closed.
    func replace(with next: Generation) async {
        let free = state.withLockedValue { state in
            let old = state.current
            guard !state.isClosed else { return next.index.id == old.index.id ? [] : [next.index] }
            state.current = next
            state.retired[old.number] = old
            return state.dropIdle()
        }
        await close(free)
    }

    /// Refuses new requests and closes all generations, at the end of the server.
    func close() async {
        let all = state.withLockedValue { state in
            state.isClosed = true
            defer { state.retired = [:] }
            return Array(state.retired.values) + [state.current]
        }
        // Generations of one folder share its index.
        await close(Dictionary(all.map { ($0.index.id, $0.index) }) { first, _ in first }.map(\.value))
    }

    private func release(_ generation: Generation) async {
        let free: [OpenIndex] = state.withLockedValue { state in
            guard let holders = state.holders[generation.number] else { preconditionFailure("a request holds it") }
            state.holders[generation.number] = holders - 1
            guard holders == 1, state.current !== generation, !state.isClosed else {
                return []
            }
            return state.dropIdle()
        }
        if !free.isEmpty { await close(free) }
    }

    private func close(_ indexes: [OpenIndex]) async {
        for index in indexes {
            do {
                try await index.close()
                logger.info("Closed an index.")
            } catch {
                logger.error("Closing an index failed.", metadata: ["error": "\(error)"])
            }
        }
    }
}

extension GenerationSwitch.State {
    /// Forgets the retired generations without requests.
    ///
    /// - Returns: The indexes that no generation has any more.
    fileprivate mutating func dropIdle() -> [OpenIndex] {
        let idle = retired.values.filter { holders[$0.number, default: 0] == 0 }
        for generation in idle {
            retired[generation.number] = nil
            holders[generation.number] = nil
        }
        let used = Set(retired.values.map(\.index.id) + [current.index.id])
        var free: [OpenIndex] = []
        for generation in idle
        where !used.contains(generation.index.id) && !free.contains(where: { $0.id == generation.index.id }) {
            free.append(generation.index)
        }
        return free
    }
}
