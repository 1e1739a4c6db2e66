// Prints how long searches, recommendations and publishing take on a collection of Milvus, and which part of it is ours.
//
//     REC_MILVUS_TICK=200 Scripts/servers/milvus.sh start 2.3 DIR PORT
//     swift run -c release --traits Milvus milvus-times milvus://127.0.0.1:PORT 44441 [PART...]
//
// A part is local, for the same products in this process, or flat- or graph- with publish, write, finish, search, levels or
// recommend; all of them in this order unless some are named. The last four use the collections times_flat and times_graph,
// which stay behind.
#if Milvus
import BenchmarkSupport
import Foundation
import RecCompute
import RecCore
import RecEngines
import RecIndex
import RecMilvus
import RecTesting

/// Adds up the time in which calls are under way, so that the rest is ours, and keeps the last search.
final class MeasuredTransport: GRPCTransport {
    private struct State {
        var running = 0
        var start = ContinuousClock.now
        var total = Duration.zero
        var waves = 0
        var search: GRPCRequest?
    }

    private let transport: any GRPCTransport
    private let state = LockedValue(State())

    init(_ transport: any GRPCTransport) { self.transport = transport }

    var waves: Int { state.withLock { $0.waves } }

    func take() -> Duration {
        state.withLock { state in
            defer { state.total = .zero }
            return state.total
        }
    }

    /// Sends the last search again, as a program without this package would, and reads nothing of the answer.
    func repeatSearch() async throws {
        guard let request = state.withLock({ $0.search }) else { return }
        try await transport.send(request).readMessage { _ in }
    }

    func send(_ request: GRPCRequest) async throws -> GRPCReply {
        state.withLock { state in
            if state.running == 0 { (state.start, state.waves) = (.now, state.waves + 1) }
            state.running += 1
            if request.path.hasSuffix("/Search") { state.search = request }
        }
        defer {
            state.withLock { state in
                state.running -= 1
                if state.running == 0 { state.total += .now - state.start }
            }
        }
        return try await transport.send(request)
    }
}

let arguments = CommandLine.arguments
guard arguments.count > 2, let count = Int(arguments[2]) else {
    print("usage: milvus-times ADDRESS PRODUCTS [PART...]")
    exit(64)
}
let parts = Set(arguments.dropFirst(3))
var settings = MilvusClient.Settings()
settings.deadline = .seconds(600)
let address = try MilvusAddress(arguments[1])
let transport = MeasuredTransport(try MilvusClient(address, settings: settings).transport)
let client = MilvusClient(address, settings: settings, transport: transport)
let (space, products) = try makeProducts(count)
/// The index of the products in this process.
func localIndex(graph: Bool = false) async throws -> Index {
    var builder = IndexBuilder(space: space)
    for item in products { try builder.add(item.product, item.embedding) }
    return try await builder.build(graph: graph, threads: 2)
}

let local = try await localIndex()
let chosen = (0..<60).map { products[$0 * (count / 60)] }
print("\(count) products, 1,280 + 155 dimensions")

func write(_ index: MilvusIndex, writers: Int) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for (number, start) in stride(from: 0, to: count, by: 500).enumerated() {
            if number >= writers { try await group.next() }
            let page = Array(products[start..<min(start + 500, count)])
            group.addTask { try await index.upsert(page) }
        }
        try await group.waitForAll()
    }
}

func search(_ name: String, _ index: MilvusIndex, count: Int = 60) async throws {
    var (totals, shares, calls) = ([Double](), [Double](), [Double]())
    var found = 0.0
    for item in chosen.prefix(count) {
        let query = SearchQuery(item.embedding, count: 10, excluded: [item.product.id])
        _ = transport.take()
        var answer: [Neighbor] = []
        let total = try await time { answer = try await index.search([query])[0] }
        totals.append(total)
        shares.append(total - milliseconds(transport.take()))
        calls.append(try await time { try await transport.repeatSearch() })
        let expected = try local.neighbors(query)
        if index.effort == .exact, answer != expected { print("DIFFERENT: \(item.product.id)") }
        found += Double(answer.count { $0.score >= (expected.last?.score ?? 0) }) / Double(expected.count)
    }
    show("search, \(name)", median(totals))
    show("  outside of calls", median(shares))
    show("  the same call of Search by hand", median(calls))
    show("  recall@10", found / Double(count), "")
    let items = chosen
    let each = try await rate(tasks: 8, calls: 4 * count) { number in
        let item = items[number % items.count]
        _ = try await index.search([SearchQuery(item.embedding, count: 10, excluded: [item.product.id])])
    }
    show("  searches a second by 8 tasks", each, "")
}

func recommend(_ name: String, _ index: MilvusIndex) async throws {
    let recommender = Recommender(index: index)
    for strategy in [.mean, .best] as [ExampleStrategy] {
        var totals: [Double] = []
        var waves: [Double] = []
        for number in chosen.indices {
            let likes = (0..<3).map { Example.product(chosen[(number + $0) % chosen.count].product.id) }
            var wanted = RecommendationQuery(likes: likes, strategy: strategy)
            wanted.explains = true
            let before = transport.waves
            totals.append(try await time { _ = try await recommender.recommend(wanted) })
            waves.append(Double(transport.waves - before))
        }
        show("\(name): recommend with reasons, 3 likes, \(strategy)", median(totals))
        show("  round trips", median(waves), "")
        show("  round trips at most", waves.max() ?? 0, "")
    }
}

func searchLocally(_ name: String, _ index: Index) async throws {
    var totals: [Double] = []
    var found = 0.0
    let queries = chosen.map { SearchQuery($0.embedding, count: 10, excluded: [$0.product.id]) }
    for query in queries + queries {
        var answer: [Neighbor] = []
        totals.append(try await time { answer = try index.neighbors(query) })
        let least = try local.neighbors(query).last?.score ?? 0
        found += Double(answer.count { $0.score >= least }) / Double(answer.count)
    }
    show("local: search, \(name)", median(totals))
    show("  recall@10", found / Double(totals.count), "")
    let each = try await rate(tasks: 2, calls: 2000) { number in
        _ = try index.neighbors(queries[number % queries.count])
    }
    show("  searches a second by 2 tasks", each, "")
}

if parts.isEmpty || parts.contains("local") {
    show("local: building", try await time { _ = try await localIndex() })
    try await searchLocally("exact", local)
    var graph = local
    show("local: building with a graph", try await time { graph = try await localIndex(graph: true) })
    graph.effort = try await graph.leastEffort(forRecall: 0.99).effort
    try await searchLocally("\(graph.effort)", graph)
}

for kind in [MilvusIndexKind.flat, .graph()] {
    let name = kind == .flat ? "flat" : "graph"
    func isWanted(_ part: String) -> Bool { parts.isEmpty || parts.contains("\(name)-\(part)") }
    func make(_ collection: String) async throws -> MilvusIndex {
        try await MilvusIndex.create(collection: collection, space: space, in: client, kind: kind, replacing: true)
    }
    if isWanted("publish") {
        let target = try await make("times_published")
        show("\(name): publishing", try await time { _ = try await IndexPublisher().publish(local, to: target) })
        try await MilvusIndex.drop(collection: "times_published", in: client)
    }
    if isWanted("write") {
        for writers in [1, 2] {
            let target = try await make("times_\(name)")
            show("\(name): writing, \(writers) writers", try await time { try await write(target, writers: writers) })
        }
    }
    if isWanted("finish") {
        let index = try await MilvusIndex.open(collection: "times_\(name)", in: client)
        show("\(name): flushing and indexing", try await time { try await index.prepareSearches(progress: nil) })
    }
    if isWanted("search") {
        var index = try await MilvusIndex.open(collection: "times_\(name)", in: client)
        let efforts: [MilvusIndex.Effort] =
            kind == .flat ? [.exact] : [64, 128, 512, 1024].map { .approximate(candidates: $0) }
        for effort in efforts {
            index.effort = effort
            try await search("\(name), \(effort)", index)
        }
    }
    if isWanted("levels") {
        var index = try await MilvusIndex.open(collection: "times_\(name)", in: client)
        if kind != .flat { index.effort = .approximate(candidates: 128) }
        for consistency in MilvusConsistency.allCases {
            index.consistency = consistency
            try await search("\(name), \(consistency)", index, count: 20)
        }
    }
    if isWanted("recommend") {
        var index = try await MilvusIndex.open(collection: "times_\(name)", in: client)
        if kind != .flat { index.effort = .approximate(candidates: 512) }
        try await recommend(name, index)
    }
}
#else
print("Build with --traits Milvus.")
#endif
