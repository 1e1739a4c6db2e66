import RecCore
import Synchronization

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

    /// Counts round trips: calls that wait at the same time are one.
    final class Line: Sendable {
        private struct State {
            var calls = 0
            var waiting = 0
            var trips = 0
            var greatestCount = 0
        }

        private let state = Mutex(State())
        private let failing: Int?

        init(failsAt failing: Int?) {
            self.failing = failing
        }

        var trips: Int { state.withLock { $0.trips } }
        var calls: Int { state.withLock { $0.calls } }

        /// The greatest number of neighbours that a search asked for.
        var greatestCount: Int { state.withLock { $0.greatestCount } }

        func ask(_ count: Int) { state.withLock { $0.greatestCount = max($0.greatestCount, count) } }

        /// Waits until no further call has come for a while, since calls that are made together may start apart.
        private func waitForOthers() async throws {
            var seen = 0
            while calls != seen {
                seen = calls
                try await Task.sleep(for: .milliseconds(5))
                for _ in 0..<20 { await Task.yield() }
            }
        }

        func crossed<Value>(_ answer: () throws -> Value) async throws -> Value {
            let call = state.withLock { state in
                if state.waiting == 0 { state.trips += 1 }
                state.waiting += 1
                state.calls += 1
                return state.calls
            }
            defer { state.withLock { $0.waiting -= 1 } }
            try await waitForOthers()
            guard call != failing else { throw Unreachable() }
            return try answer()
        }
    }
}
