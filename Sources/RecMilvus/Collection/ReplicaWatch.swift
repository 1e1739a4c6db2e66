internal import RecCompute
internal import RecCore

/// Whether the query nodes that answer have the whole collection.
///
/// When a node dies or comes back, Milvus 2.3 lets nodes answer before they have loaded all products, without an error. So
/// an answer counts only while the replicas are on nodes on which they were whole. On other nodes, each replica must have
/// what any of them has, and that is compared with what is in the store. What was asked meanwhile is asked again.
final class ReplicaWatch: Sendable {
    private struct State {
        var isOn = false
        /// The nodes of each replica when they were last whole.
        var whole: [[Int64]] = []
        /// Since when they are others.
        var doubt: ContinuousClock.Instant?
        /// Whether all segments of the store were ever loaded; then no answer counts while nodes have changed and one is
        /// missing.
        var hasAgreed = false
        /// The replicas when the collection was opened; 0 when that is not known.
        var count = 0
    }

    /// How long missing segments count, if the segments of the store were never all loaded.
    private static let patience = Duration.seconds(120)
    /// The same when the collection was opened just now: products may have been stored a moment ago, or get an index.
    private static let firstPatience = Duration.seconds(15)
    /// The number of the fault that a replica has no node, so that others answer.
    private static let noNode = 401
    /// The number of the fault that a node of a replica does not answer yet.
    private static let nodeNotFound = 901

    private let client: MilvusClient
    private let path: CollectionPath
    private let state = LockedValue(State())

    init(_ client: MilvusClient, _ path: CollectionPath) {
        self.client = client
        self.path = path
    }

    /// What a server of a cluster says of itself.
    private static let cluster = "DISTRIBUTED"

    /// Whether there are or may be several nodes, so that answers may lack the products of one.
    var isOn: Bool { state.withLock { $0.isOn } }

    /// The replicas when the collection was opened; 0 when that is not known.
    var count: Int { state.withLock { $0.count } }

    /// Looks which nodes there are, when the collection is opened.
    ///
    /// - Throws: `RecError` of kind `busy` when the server is not there; `CancellationError`.
    func begin() async throws {
        guard let answer = try await answerIfKnown(ReplicasRequest(path)) else { return }
        if answer.fault.isGood { state.withLock { $0.count = answer.nodes.count } }
        let isCut = answer.fault.code == Self.noNode || answer.fault.code == Self.nodeNotFound
        guard isCut || answer.fault.isGood else { return }
        if !isCut, answer.nodes.joined().count < 2 {
            let server = try await answerIfKnown(ConnectRequest())
            guard server?.deployment == Self.cluster else { return }
        }
        state.withLock { $0.isOn = true }
        _ = try await isWhole()
    }

    /// The answer to a call; `nil` from a server that lacks it or refuses it.
    private func answerIfKnown<Request: MilvusRequest>(_ request: Request) async throws -> Request.Answer? {
        do {
            return try await client.call(request)
        } catch let error as RecError where error.kind != .busy {
            return nil
        }
    }

    /// Whether an answer that came after the call began, or while it was under way, has all products.
    func isWhole() async throws -> Bool {
        let answer = try await client.call(ReplicasRequest(path))
        guard answer.fault.isGood else { return answer.fault.code == Self.noNode || isPatienceOver() }
        let nodes = answer.nodes.map { $0.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
        let isKnown = state.withLock { state in
            if state.whole == nodes { state.doubt = nil }
            return state.whole == nodes
        }
        if isKnown { return true }
        async let loaded = client.call(LoadedSegmentsRequest(path)).segments
        async let stored = client.call(StoredSegmentsRequest(path)).segments
        let (segments, wanted) = (try await loaded, try await stored)
        let areEverywhere = nodes.allSatisfy { replica in
            segments.allSatisfy { segment in segment.nodes.contains { replica.contains($0) } }
        }
        // Rows would not do: a merged segment can have fewer than those it was made of, which may still be loaded.
        let agree = Set(segments.map(\.id)).isSuperset(of: wanted)
        let isOver = isPatienceOver()
        guard areEverywhere, agree || !state.withLock(\.hasAgreed) && isOver else { return false }
        state.withLock { state in
            (state.whole, state.doubt) = (nodes, nil)
            // An empty collection shows nothing.
            state.hasAgreed = state.hasAgreed || agree && !wanted.isEmpty
        }
        // A node may have answered before it was whole.
        return false
    }

    private func isPatienceOver() -> Bool {
        state.withLock { state in
            let start = state.doubt ?? .now
            state.doubt = start
            let most =
                state.whole.isEmpty ? min(Self.firstPatience, client.settings.deadline / 2) : Self.patience
            return .now - start > most
        }
    }
}
