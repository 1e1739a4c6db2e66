import RecCore
import RecIndex

/// An index file that searches are measured on.
struct OpenedIndex {
    private static let wanted = 10

    private let index: Index

    /// Whether there is a choice of ways to search.
    private let hasCodes: Bool

    /// How long it took to open the file.
    let openingTime: Duration

    /// Opens the file of a command: `quantized` or `graph`, or `exact`, which compares with every product.
    init(_ command: Command) async throws {
        let path = try command.required(command.path, "path")
        let method = try command.required(command.method, "method")
        let start = ContinuousClock.now
        switch method {
        case "quantized", "graph": index = try Index.open(path: path)
        case "exact": index = try await Index.open(path: path, checking: .whole).with(codes: .never)
        default: throw BenchError("no index '\(method)'")
        }
        openingTime = ContinuousClock.now - start
        hasCodes = method != "exact"
    }

    /// The ways to search; none to choose from for an exact index.
    var variants: [String] {
        hasCodes ? SearchVariant.all(count: index.count, hasGraph: index.hasGraph).map(\.name) : []
    }

    /// Searches for products one after another, with the time of each search.
    func search(_ command: Command) throws -> (times: [Duration], neighbors: [[Int]]) {
        let index = try configured(command)
        let queries = try queries(command)
        var times: [Duration] = []
        var answers: [[Neighbor]] = []
        for query in queries {
            let start = ContinuousClock.now
            answers.append(try index.neighbors(query))
            times.append(ContinuousClock.now - start)
        }
        return (times, answers.map(Self.positions))
    }

    /// Searches for products in several tasks at once; gives the time for all.
    func searchTogether(_ command: Command) async throws -> Duration {
        let index = try configured(command)
        let queries = try queries(command)
        let threads = try command.positive(command.threads, "threads")
        let start = ContinuousClock.now
        try await withThrowingTaskGroup { group in
            for thread in 0..<threads {
                group.addTask {
                    for position in stride(from: thread, to: queries.count, by: threads) {
                        guard try !index.neighbors(queries[position]).isEmpty else {
                            throw BenchError("a search found nothing")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        return ContinuousClock.now - start
    }

    /// Finds the neighbours of every product; gives the time, and the neighbours of the products of the command.
    func allNeighbors(_ command: Command) async throws -> (time: Duration, neighbors: [[Int]]) {
        let index = try configured(command)
        let rows = try command.required(command.rows, "rows")
        let wanted = Set(rows.map { ProductID(String($0)) })
        var kept: [ProductID: [Int]] = [:]
        let start = ContinuousClock.now
        try await index.allNeighbors(
            count: Self.wanted,
            weighting: weighting(command),
            threads: command.positive(command.threads, "threads")
        ) { id, neighbors in
            if wanted.contains(id) { kept[id] = Self.positions(neighbors) }
        }
        let time = ContinuousClock.now - start
        return (time, rows.map { kept[ProductID(String($0))] ?? [] })
    }

    private static func positions(_ neighbors: [Neighbor]) -> [Int] {
        neighbors.compactMap { Int($0.id.rawValue) }
    }

    private func weighting(_ command: Command) throws -> Weighting {
        Weighting(try BlockWeights(image: command.imageWeight ?? 1))
    }

    private func configured(_ command: Command) throws -> Index {
        guard hasCodes else { return index }
        let name = try command.required(command.variant, "variant")
        guard
            let variant = SearchVariant.all(count: index.count, hasGraph: index.hasGraph).first(where: {
                $0.name == name
            })
        else {
            throw BenchError("no way to search '\(name)'")
        }
        var configured = index
        configured.effort = variant.effort
        return configured
    }

    /// The products of a command as queries, each without itself.
    private func queries(_ command: Command) throws -> [SearchQuery] {
        let weighting = try weighting(command)
        return try command.required(command.rows, "rows").map { row in
            let id = ProductID(String(row))
            guard let embedding = try index.embedding(of: id) else { throw BenchError("there is no product \(row)") }
            return SearchQuery(embedding, count: Self.wanted, weighting: weighting, excluded: [id])
        }
    }
}
