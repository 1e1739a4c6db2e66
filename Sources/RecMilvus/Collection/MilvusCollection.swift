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
    /// Whether the collection may be read and changed before a publication has filled it.
    private let isPublishing: Bool
    private let known: LockedValue<CollectionKnowledge>

    /// The time in which no node comes back and answers.
    private static let moment = Duration.milliseconds(250)
    private static let pause = Duration.milliseconds(100)

    init(
        _ client: MilvusClient,
        _ path: CollectionPath,
        _ layout: MilvusLayout,
        _ properties: CollectionProperties,
        copies: Int,
        publishing isPublishing: Bool
    ) {
        self.copies = copies
        self.isPublishing = isPublishing
        self.client = client
        self.path = path
        self.layout = layout
        self.properties = properties
        replicas = ReplicaWatch(client, path)
        known = LockedValue(
            CollectionKnowledge(patterns: [layout.wholePattern], isFinished: properties.isFinished)
        )
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
    /// - Throws: `RecError` with code `unreachable` when they have not within the deadline, and `unfinishedIndex` when a
    ///   publication has not ended.
    func call<Request: MilvusRequest>(_ request: Request) async throws -> Request.Answer {
        if Request.readsProducts, !isPublishing, !knowledge.isFinished { try await check() }
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
    /// - Throws: `RecError` with code `collectionReplaced`, `unknownCollection` or `unfinishedIndex`.
    func check() async throws {
        guard let found = try await client.description(of: name) else {
            throw RecError(.unknownCollection, "The collection '\(name)' was removed since it was opened.")
        }
        let present = try? CollectionProperties(found, name)
        guard let present, present.generation == properties.generation else { throw layout.replaced }
        guard present.isFinished || isPublishing else { throw RecError.unfinishedIndex("the collection '\(name)'") }
        if present.isFinished { learn { $0.isFinished = true } }
    }

    /// Lets others read a collection that was created for a publication.
    func finish() async throws {
        guard !knowledge.isFinished else { return }
        try await check()
        _ = try await client.call(AlterCollectionRequest(path, properties: [CollectionProperties.finishedPair]))
        let end = ContinuousClock.now + client.settings.deadline
        while true {
            try await check()
            if knowledge.isFinished { return }
            guard ContinuousClock.now < end else {
                throw RecError(.milvusRefused, "Milvus did not change the properties of the collection '\(name)'.")
            }
            try await Task.sleep(for: Self.pause)
        }
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
