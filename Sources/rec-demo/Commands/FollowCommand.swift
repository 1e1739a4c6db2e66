import ArgumentParser
import Foundation
import RecCore
import RecEngines
import RecImage
import RecIndex
import RecMetadata
import RecPostgres

/// `rec-demo follow`: keeps an index as a table in a database is.
struct FollowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Keep an index up to date with a table in PostgreSQL.",
        discussion: """
            The first run adds triggers to the table, which log what changes, and makes the index as the table is. Then \
            changes are applied as they come, until Ctrl-C. How far it came is kept in a file, so that a run after one that \
            was stopped or killed goes on from there. Make the index with 'rec-demo index' and 'rec-demo publish'.
            """
    )

    @Option(
        help: ArgumentHelp(
            "The table: postgresql://user@host:port/database?table=NAME",
            valueName: "address"
        )
    )
    var catalog: String

    @Option(help: "The query of the products, where it is not the table alone.")
    var query: String?

    @OptionGroup var target: IndexOption

    @Option(help: "Where the weights of the index's network are, if they have moved.")
    var weights: String?

    @Option(help: ArgumentHelp("The file that says how far it came; by default beside the index.", valueName: "file"))
    var mark: String?

    @Option(help: "Seconds to wait for further changes.")
    var interval = 1.0

    @Flag(help: "Apply the changes that there are, and end.")
    var once = false

    @Flag(help: "Remove changes from the log when they are applied: for the only one that follows the table.")
    var forget = false

    @Flag(help: "Print one JSON object a line.")
    var json = false

    func validate() throws {
        guard interval > 0, interval <= 86_400 else {
            throw ValidationError("--interval must be from 0 to 86400 seconds.")
        }
        guard mark != nil || target.address.path != nil else {
            throw ValidationError("Give --mark FILE: an address has no folder to keep it in.")
        }
        guard DatabaseCatalogue.isAddress(catalog) else {
            throw ValidationError("--catalog must be an address: postgresql://user@host:port/database?table=NAME")
        }
    }

    func run() async throws {
        try await Failure.exiting {
            do {
                try await Interruption.cancelling { try await follow() }
            } catch is CancellationError {
                // That is how it ends.
                Console.note("Stopped.")
            }
        }
    }

    private func follow() async throws {
        let database = try DatabaseCatalogue(catalog, query: query)
        guard let table = database.table else {
            throw RecError(.invalidSetting, "Say which table's changes count: add ?table=NAME to the address.")
        }
        let source = try await CatalogueSource(catalog, query: query)
        let index = try await target.open()
        let embedder = try Embedder(index, source, weights: weights)
        let place = URL(fileURLWithPath: target.address.path ?? "").standardizedFileURL.path
        let file = MarkFile(path: mark ?? place + ".mark")
        try await target.address.withTarget(for: index, replacing: false) { index in
            try await follow(
                FeedFollower(
                    feed: PostgresFeed(database.catalogue, table: table),
                    embed: { try await embedder.embed($0) },
                    file: file,
                    forgets: forget
                ),
                to: index
            )
        }
    }

    private func follow(_ follower: FeedFollower, to index: some MutableSimilarityIndex) async throws {
        let json = json
        let start = try await follower.start(index) { try Self.show($0, json: json) }
        try await follower.follow(index, from: start, every: once ? nil : .seconds(interval)) {
            try Self.show($0, json: json)
        }
    }

    private static func show(_ step: FeedFollower.Step, json: Bool) throws {
        let counts = [("written", step.written), ("removed", step.removed), ("failed", step.failures.count)]
        for failure in step.failures { Console.note(failure) }
        try Console.result(
            json
                ? JSONValue.object(counts.map { ($0, .integer($1)) }).text
                : counts.map { "\($1) \($0)" }.joined(separator: ", ")
        )
    }
}

/// Embeds products as those of an index were.
private struct Embedder {
    let embed: @Sendable ([Product]) async throws -> (products: [EmbeddedProduct], failures: [String])

    init(_ index: some AnnotatedIndex, _ source: CatalogueSource, weights: String?) throws {
        let hasAttributes = index.space.blocks.contains { $0.name == .metadata }
        let encoder = hasAttributes ? try OneHotEncoder(space: index.space, notes: index.notes) : nil
        if index.space.blocks.contains(where: { $0.name == .image }) {
            let network = try IndexedNetwork(of: index).extractor(weights: weights)
            let threads = ProcessInfo.processInfo.activeProcessorCount
            let embedder = ProductEmbedder(extractor: network, encoder: encoder, threads: threads) {
                source.pictures($0)
            }
            embed = { try await Self.embed($0, with: embedder) }
        } else if let encoder {
            let embedder = ProductEmbedder(encoder: encoder)
            embed = { try await Self.embed($0, with: embedder) }
        } else {
            throw RecError(
                .noSharedBlock,
                "The index has neither pictures nor attributes that a product could be embedded by."
            )
        }
    }

    private static func embed(
        _ products: [Product],
        with embedder: ProductEmbedder<some Sendable>
    ) async throws -> ([EmbeddedProduct], [String]) {
        var embedded: [EmbeddedProduct] = []
        let report = try await embedder.embed(products) { embedded.append($0) }
        return (embedded, report.failures.map { "\($0)" })
    }
}
