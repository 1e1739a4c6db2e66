internal import RecCompute
internal import RecCore
internal import RecFiles

/// A collection that holds an index.
final class MilvusCollection: Sendable {
    let client: MilvusClient
    let path: CollectionPath
    let layout: MilvusLayout
    let properties: CollectionProperties
    let replicas: ReplicaWatch
    /// The copies in memory to ask for when the collection must be loaded.
    private let copies: Int
    private let known: LockedValue<CollectionKnowledge>

    /// The time in which no node comes back and answers.
    private static let moment = Duration.milliseconds(250)
    private static let pause = Duration.milliseconds(100)

    init(
        _ client: MilvusClient,
        _ path: CollectionPath,
        _ layout: MilvusLayout,
        _ properties: CollectionProperties,
        copies: Int
    ) {
        self.copies = copies
        self.client = client
        self.path = path
        self.layout = layout
        self.properties = properties
        replicas = ReplicaWatch(client, path)
        known = LockedValue(CollectionKnowledge(patterns: [layout.wholePattern]))
    }

    /// Whether searches go through a graph.
    var hasGraph: Bool { properties.hasGraph }

    /// The name of the collection.
    var name: String { path.name }

    /// What this process knows.
    var knowledge: CollectionKnowledge { known.withLock { $0 } }

    /// Adds to what this process knows.
    func learn(_ body: (inout CollectionKnowledge) -> Void) { known.withLock { body(&$0) } }

    /// Makes a call; one that reads products is made again until the nodes that answer have them all.
    ///
    /// - Throws: `RecError` with code `unreachable` when they have not within the deadline.
    func call<Request: MilvusRequest>(_ request: Request) async throws -> Request.Answer {
        guard Request.readsProducts, replicas.isOn else { return try await send(request) }
        let end = ContinuousClock.now + client.settings.deadline
        while true {
            let start = ContinuousClock.now
            async let check = replicas.isWhole()
            let answer = try await send(request)
            var isWhole = try await check
            if isWhole, ContinuousClock.now - start > Self.moment { isWhole = try await replicas.isWhole() }
            if isWhole { return answer }
            guard ContinuousClock.now < end else {
                throw RecError(
                    .unreachable,
                    "Query nodes of Milvus at \(client.address) are loading the collection '\(name)', so answers lack "
                        + "products. Try again later."
                )
            }
            try await Task.sleep(for: Self.pause)
        }
    }

    /// Makes a call; loads the collection first when the server has forgotten to, as after its start.
    private func send<Request: MilvusRequest>(_ request: Request) async throws -> Request.Answer {
        let end = ContinuousClock.now + client.settings.deadline
        while true {
            do {
                return try await client.call(request)
            } catch let error as RecError where error.code == .notLoaded && ContinuousClock.now < end {
                // While other calls load it, too, it may be gone again for a moment.
                try await load()
            }
        }
    }

    /// Loads the collection and waits until it is.
    func load() async throws {
        let deadline = max(client.settings.deadline, .seconds(60))
        let end = ContinuousClock.now + deadline
        _ = try await client.call(
            LoadCollectionRequest(path, replicas: max(copies, replicas.count)),
            deadline: deadline
        )
        while true {
            let state = try await client.call(CollectionRequest<GetLoadState>(path))
            if state.state == LoadState.loaded { return }
            guard ContinuousClock.now < end else {
                throw RecError(.deadlineExceeded, "Milvus did not load the collection '\(name)' in time.")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Checks that the collection is the one that was opened.
    ///
    /// - Throws: `RecError` with code `collectionReplaced`, or `unknownCollection`.
    func check() async throws {
        guard let found = try await client.description(of: name) else {
            throw RecError(.unknownCollection, "The collection '\(name)' was removed since it was opened.")
        }
        let generation = (try? CollectionProperties(found, name))?.generation
        guard generation == properties.generation else { throw layout.replaced }
    }

    /// Lets the server write all changes to its storage, and build what searches need.
    func flush() async throws {
        let answer = try await client.call(FlushRequest(path), deadline: .seconds(60))
        let end = ContinuousClock.now + .seconds(3600)
        let request = FlushStateRequest(path, segments: answer.segments, time: answer.time)
        while try await !client.call(request).isFlushed {
            guard ContinuousClock.now < end else {
                throw RecError(.deadlineExceeded, "Milvus did not flush the collection '\(name)' in an hour.")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

/// Runs a function for several values at once; the results are in their order.
func concurrently<Value: Sendable, Result: Sendable>(
    _ values: [Value],
    _ body: @escaping @Sendable (Value) async throws -> Result
) async throws -> [Result] {
    if values.count == 1 { return [try await body(values[0])] }
    return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        for (position, value) in values.enumerated() {
            group.addTask { (position, try await body(value)) }
        }
        var results = [Result?](repeating: nil, count: values.count)
        for try await (position, result) in group { results[position] = result }
        return results.compactMap(\.self)
    }
}
