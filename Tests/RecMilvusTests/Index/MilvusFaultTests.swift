#if Milvus
import Foundation
import RecCompute
import RecCore
import RecFiles
import RecIndex
import RecMilvus
import RecTesting
import Synchronization
import Testing

@Suite("Faults of a collection and its server") struct MilvusFaultTests {
    private let catalogue = RandomCatalogue(count: 60, seed: 51)

    private func code(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return "none"
        } catch let error as RecError {
            return error.code.name
        } catch {
            return "\(error)"
        }
    }

    @Test func `a port where nothing listens is unreachable`() async throws {
        let client = try MilvusClient(MilvusAddress("milvus://127.0.0.1:1"))
        #expect(await code { _ = try await MilvusIndex.open(collection: "t", in: client) } == "unreachable")
    }

    @Test func `a stopped server exceeds the deadlines of all calls, and answers again when it goes on`() async throws {
        let server = try MilvusServer.start(.lite)
        let made = try await server.index(catalogue.space, catalogue.products)
        let client = try server.client { $0.deadline = .seconds(2) }
        let index = try await MilvusIndex.open(collection: made.collectionName, in: client)
        let query = SearchQuery(catalogue.queries[0])
        let before = try await index.search([query])
        let process = try server.processID()
        // A slow server answers late.
        Foundation.kill(process, SIGSTOP)
        async let late = index.search([query])
        try await Task.sleep(for: .milliseconds(700))
        Foundation.kill(process, SIGCONT)
        #expect(try await late == before)

        Foundation.kill(process, SIGSTOP)
        #expect(await code { _ = try await index.search([query]) } == "deadline-exceeded")
        let patient = try server.client()
        let task = Task { try await patient.version() }
        try await Task.sleep(for: .milliseconds(100))
        // The connection is busy, so that one call waits for its turn to open another, and the second one for the first.
        let impatient = MilvusClient(
            try MilvusAddress(server.address),
            transport: FreshConnections(base: patient.transport)
        )
        async let first = code { _ = try await impatient.call(VersionRequest(), deadline: .milliseconds(300)) }
        async let second = code { _ = try await impatient.call(VersionRequest(), deadline: .milliseconds(600)) }
        let codes = await [first, second]
        #expect(codes == ["deadline-exceeded", "deadline-exceeded"])
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        Foundation.kill(process, SIGCONT)
        #expect(try await made.search([query]) == before)
        try server.kill()
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `a killed server gives errors and never a part of an answer, and loses nothing`(
        kind: MilvusServer.Kind
    ) async throws {
        let server = try MilvusServer.start(kind)
        let made = try await server.index(catalogue.space, catalogue.products)
        let client = try server.client { $0.deadline = .seconds(20) }
        let index = try await MilvusIndex.open(collection: made.collectionName, in: client)
        let queries = catalogue.queries.map { SearchQuery($0, count: 20) }
        let expected = try await made.search(queries)
        #expect(try await index.search(queries) == expected)
        let answered = Counter()
        let work = (0..<4).map { _ in
            Task { () async throws -> RecError.Kind in
                while true {
                    do {
                        let answer = try await index.search(queries)
                        #expect(answer == expected)
                        answered.count.add(1, ordering: .relaxed)
                    } catch let error as RecError {
                        return error.kind
                    }
                }
            }
        }
        while answered.count.load(ordering: .relaxed) < 4 { try await Task.sleep(for: .milliseconds(10)) }
        try server.kill()
        for task in work { #expect(try await task.value == .busy) }
        try server.restart()
        // Many calls at once find that the connection which they share is gone.
        try await withThrowingTaskGroup(of: [[Neighbor]].self) { group in
            for _ in 0..<50 { group.addTask { try await made.search(queries) } }
            for try await answer in group { #expect(answer == expected) }
        }
        #expect(try await made.productCount() == catalogue.products.count)
        try server.kill()
    }

    @Test(arguments: MilvusServer.Kind.allCases, [MilvusIndexKind.flat, .graph()])
    func `a collection whose creation was cut short is completed when it is opened`(
        kind: MilvusServer.Kind,
        index: MilvusIndexKind
    ) async throws {
        let (server, name) = (try await MilvusServer.shared(kind), MilvusServer.name())
        let client = try server.client()
        let dying = MilvusClient(
            try MilvusAddress(server.address),
            transport: DyingTransport(base: client.transport, method: CreateIndexRequest.method)
        )
        let error = await code {
            _ = try await MilvusIndex.create(collection: name, space: catalogue.space, in: dying, kind: index)
        }
        #expect(error == "untrusted-server")
        let opened = try await MilvusIndex.open(collection: name, in: client)
        try await opened.upsert(catalogue.products)
        let query = SearchQuery(catalogue.queries[0])
        var exact = opened
        exact.effort = .exact
        let local = try await localIndex(catalogue.space, catalogue.products)
        #expect(try await exact.search([query])[0] == local.neighbors(query))
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `a collection of another recipe is refused`(kind: MilvusServer.Kind) async throws {
        let server = try await MilvusServer.shared(kind)
        let index = try await server.index(catalogue.space)
        let (name, client) = (index.collectionName, try server.client())
        let other = RandomCatalogue(count: 1, seed: 52)
        let error = await #expect(throws: RecError.self) {
            try await MilvusIndex.open(collection: name, in: client, expecting: other.space.blocks)
        }
        #expect(error?.code == .recipeMismatch)
        let opened = try await MilvusIndex.open(collection: name, in: client, expecting: catalogue.space.blocks)
        #expect(opened.space == catalogue.space)
        let mixed = await #expect(throws: RecError.self) { try await index.upsert(other.products) }
        #expect(mixed?.code == .recipeMismatch)
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `a collection that was replaced is an error for those that have it open`(
        kind: MilvusServer.Kind
    ) async throws {
        let server = try await MilvusServer.shared(kind)
        var old = try await server.index(catalogue.space, catalogue.products)
        old.consistency = .strong
        let (index, name, client) = (old, old.collectionName, try server.client())
        let conflict = await code {
            _ = try await MilvusIndex.create(collection: name, space: catalogue.space, in: client)
        }
        #expect(conflict == "collection-exists")
        let replaced = try await MilvusIndex.create(
            collection: name,
            space: catalogue.space,
            in: client,
            replacing: true
        )
        let calls: [@Sendable () async throws -> Void] = [
            { _ = try await index.search([SearchQuery(catalogue.queries[0])]) },
            { try await index.upsert(catalogue.products) }, { _ = try await index.remove(["p1"]) },
            { _ = try await index.productCount() },
        ]
        for call in calls { #expect(await code(call) == "collection-replaced") }
        try await replaced.upsert(catalogue.products)
        let reads: [@Sendable () async throws -> Void] = [
            { _ = try await index.ids(after: nil, count: 3) }, { _ = try await index.products(["p1"], .all) },
            { _ = try await index.attributeNames() },
        ]
        for call in calls + reads { #expect(await code(call) == "collection-replaced") }
        try await MilvusIndex.drop(collection: name, in: client)
        for call in [
            { _ = try await index.productCount() },
            { _ = try await index.search([SearchQuery(catalogue.queries[0])]) },
            { _ = try await MilvusIndex.open(collection: name, in: client) },
            { try await MilvusIndex.drop(collection: name, in: client) },
        ] as [@Sendable () async throws -> Void] {
            #expect(await code(call) == "unknown-collection")
        }
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `a collection of somebody else is refused and not removed`(kind: MilvusServer.Kind) async throws {
        let client = try await MilvusServer.shared(kind).client()
        let name = MilvusServer.name()
        for format in [nil, "3", "x"] {
            let request = CreateCollectionRequest(
                CollectionPath(name),
                description: "",
                fields: [
                    MilvusField("id", .text, isPrimary: true, ["max_length": "100"]),
                    MilvusField("vector", .vector, ["dim": "3"]),
                ],
                shards: 1,
                consistency: 2,
                properties: format.map { [("recommend.format", $0)] } ?? []
            )
            _ = try await client.call(request)
            let codes = [
                await code { _ = try await MilvusIndex.open(collection: name, in: client) },
                await code { try await MilvusIndex.drop(collection: name, in: client) },
                await code {
                    _ = try await MilvusIndex.create(
                        collection: name,
                        space: catalogue.space,
                        in: client,
                        replacing: true
                    )
                },
            ]
            let expected = format == "3" ? "newer-collection" : "unknown-collection"
            #expect(codes == [expected, expected, expected])
            _ = try await client.call(CollectionRequest<DropCollection>(CollectionPath(name)))
        }
    }

    @Test func `one node of a cluster that loads what another had gives an error until it is done`() async throws {
        let server = try await MilvusServer.shared(.standalone)
        let made = try await server.index(catalogue.space, catalogue.products)
        try await made.prepareSearches(progress: nil)
        let transport = ClusterTransport(base: try server.client().transport)
        let settings = MilvusClient.Settings(deadline: .seconds(2))
        let client = MilvusClient(try MilvusAddress(server.address), settings: settings, transport: transport)
        let index = try await MilvusIndex.open(collection: made.collectionName, in: client)
        let query = SearchQuery(catalogue.queries[0])
        let expected = try await made.search([query])
        #expect(try await index.search([query]) == expected)
        transport.set(replicas: [[8]], loaded: [])
        #expect(await code { _ = try await index.search([query]) } == "unreachable")
        // As many segments, but others.
        transport.set(replicas: [[8]], loaded: [8], renumbering: true)
        #expect(await code { _ = try await index.search([query]) } == "unreachable")
        transport.set(replicas: [[8]], loaded: [8])
        #expect(try await index.search([query]) == expected)
    }

    @Test func `no index is opened while one of two replicas lacks products`() async throws {
        let server = try await MilvusServer.shared(.standalone)
        let made = try await server.index(catalogue.space, catalogue.products)
        try await made.prepareSearches(progress: nil)
        let transport = ClusterTransport(base: try server.client().transport)
        transport.set(replicas: [[7], [8, 9]], loaded: [7])
        // An index of one replica would take answers as they are after half the deadline.
        let settings = MilvusClient.Settings(deadline: .seconds(2))
        let client = MilvusClient(try MilvusAddress(server.address), settings: settings, transport: transport)
        #expect(
            await code { _ = try await MilvusIndex.open(collection: made.collectionName, in: client) } == "unreachable"
        )
        transport.set(replicas: [[7], [8, 9]], loaded: [7, 9])
        let index = try await MilvusIndex.open(collection: made.collectionName, in: client)
        let query = SearchQuery(catalogue.queries[0])
        #expect(try await index.search([query]) == (try await made.search([query])))
        transport.set(replicas: [[7], [8]], loaded: [7])
        #expect(await code { _ = try await index.search([query]) } == "unreachable")
    }

    @Test(arguments: MilvusServer.Kind.allCases)
    func `200 tasks at once have the right answers`(kind: MilvusServer.Kind) async throws {
        let index = try await MilvusServer.shared(kind).index(catalogue.space, catalogue.products)
        let queries = catalogue.products.map { SearchQuery($0.embedding, count: 3) }
        let expected = try await index.search(queries)
        try await withThrowingTaskGroup(of: (Int, [Neighbor]).self) { group in
            for number in 0..<200 {
                let place = number % queries.count
                group.addTask { (place, try await index.search([queries[place]])[0]) }
            }
            for try await (place, answer) in group { #expect(answer == expected[place]) }
        }
    }
}

/// A client that gets no further than to a method, with a fault that is not tried again.
private struct DyingTransport: GRPCTransport {
    let base: any GRPCTransport
    let method: String

    func send(_ request: GRPCRequest) async throws -> GRPCReply {
        if request.path.hasSuffix("/" + method) { throw GRPCFault(.untrusted, "the end") }
        return try await base.send(request)
    }
}

/// A server that says that it is a cluster, and which of its query nodes have loaded all products.
private final class ClusterTransport: GRPCTransport {
    let base: any GRPCTransport
    private let nodes = LockedValue<(replicas: [[Int64]], loaded: [Int64], shift: Int64)>(([[7]], [7], 0))

    init(base: any GRPCTransport) { self.base = base }

    /// Changes the query nodes.
    ///
    /// - Parameters:
    ///   - replicas: The nodes of each replica.
    ///   - loaded: The nodes that have the products.
    ///   - isOther: Whether the segments that they have are other ones than those of the store.
    func set(replicas: [[Int64]], loaded: [Int64], renumbering isOther: Bool = false) {
        nodes.withLock { $0 = (replicas, loaded, isOther ? 1 : 0) }
    }

    func send(_ request: GRPCRequest) async throws -> GRPCReply {
        var reply = try await base.send(request)
        let (replicas, loaded, shift) = nodes.withLock { $0 }
        var writer = ProtobufWriter()
        switch request.path.split(separator: "/").last {
        case "Connect": writer.write(2) { $0.write(5, "DISTRIBUTED") }
        case "GetReplicas":
            for nodes in replicas {
                writer.write(2) { replica in for node in nodes { replica.write(5, node) } }
            }
        case "GetQuerySegmentInfo":
            // Both requests have the same fields.
            var request = request
            request.path = request.path.replacing("GetQuerySegmentInfo", with: "GetPersistentSegmentInfo")
            let stored = try await base.send(request).body.dropFirst(5)
            for segment in try Array(stored).withBytes({ try StoredSegmentsRequest.Answer($0) }).segments
            where !loaded.isEmpty {
                writer.write(2) { message in
                    message.write(1, segment + shift)
                    for node in loaded { message.write(10, node) }
                }
            }
        default: return reply
        }
        let count = UInt32(writer.bytes.count)
        reply.body = [0] + (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } + writer.bytes
        return reply
    }
}

/// Opens a connection for each call.
private struct FreshConnections: GRPCTransport {
    let base: any GRPCTransport

    func send(_ request: GRPCRequest) async throws -> GRPCReply {
        var request = request
        request.isFresh = true
        return try await base.send(request)
    }
}

private final class Counter: Sendable {
    let count = Atomic(0)
}
#endif
