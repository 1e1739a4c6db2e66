import RecCompute
import RecCore

/// An index behind a network: every call takes time, and may fail.
struct RemoteIndex<Base: LocalIndex>: SimilarityIndex {
    struct Unreachable: Error {}

    let base: Base
    let line: Line
    /// Whether it answers no search.
    var isSilent = false

    init(_ base: Base, failsAt failing: Int? = nil) {
        self.base = base
        line = Line(failsAt: failing)
    }

    var space: EmbeddingSpace { base.space }

    func productCount() async throws -> Int { try await line.crossed { base.count } }

    func attributeNames() async throws -> [String] { try await line.crossed { base.attributes } }

    func search(_ queries: [SearchQuery]) async throws -> [[Neighbor]] {
        line.ask(queries.map(\.count).max() ?? 0)
        return try await line.crossed { isSilent ? [] : try base.neighbors(forAll: queries) }
    }

    func products(_ ids: [ProductID], _ contents: ProductContents) async throws -> [IndexedProduct?] {
        let found = try await base.products(ids, contents)
        return try await line.crossed { found }
    }

    func ids(after id: ProductID?, count limit: Int) async throws -> [ProductID] {
        try await line.crossed { base.page(after: id, count: limit) }
    }

    /// Runs queries on a thread that the line watches, so that it can count round trips.
    func watched<Value>(_ operation: (RemoteIndex) async throws -> Value) async throws -> Value {
        try await withTaskExecutorPreference(line.executor) {
            // The preference counts from the next suspension on.
            await Task.yield()
            return try await operation(self)
        }
    }

    /// Counts round trips: the calls that are waiting when nothing else can go on are one.
    final class Line: Sendable {
        private struct State {
            var calls = 0
            var trips = 0
            var greatestCount = 0
            var waiting: [CheckedContinuation<Void, Never>] = []
        }

        let executor = WatchedExecutor()
        private let state = LockedValue(State())
        private let failing: Int?

        init(failsAt failing: Int?) {
            self.failing = failing
            executor.onIdle { [weak self] in self?.deliver() }
        }

        var trips: Int { state.withLock { $0.trips } }
        var calls: Int { state.withLock { $0.calls } }

        /// The greatest number of neighbours that a search asked for.
        var greatestCount: Int { state.withLock { $0.greatestCount } }

        func ask(_ count: Int) { state.withLock { $0.greatestCount = max($0.greatestCount, count) } }

        func crossed<Value>(_ answer: () throws -> Value) async throws -> Value {
            let call = state.withLock { state in
                state.calls += 1
                return state.calls
            }
            if executor.isCurrent {
                await withCheckedContinuation { call in state.withLock { $0.waiting.append(call) } }
            } else {
                try await Task.sleep(for: .milliseconds(5))
            }
            guard call != failing else { throw Unreachable() }
            return try answer()
        }

        /// Answers all calls that wait.
        private func deliver() {
            let waiting = state.withLock { state in
                if !state.waiting.isEmpty { state.trips += 1 }
                defer { state.waiting = [] }
                return state.waiting
            }
            for call in waiting { call.resume() }
        }
    }
}
