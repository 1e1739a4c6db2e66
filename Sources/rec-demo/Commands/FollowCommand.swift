import ArgumentParser
import Foundation
import RecCore

#if Postgres
import RecPostgres
#endif

/// `rec-demo follow`: keeps an index as a table in a database is.
struct FollowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Keep an index up to date with a table in PostgreSQL.",
        discussion: """
            The first run adds triggers to the table, which log what changes, and makes the index as the table is. Then \
            changes are applied as they come, until Ctrl-C. How far it came is kept in a file, so that a run after one that \
            was stopped or killed goes on from there. The index is a live one, or a table when --mark names that file. Make \
            it with 'rec-demo index' and 'rec-demo publish'. Publishing to a live index removes the file beside it. \
            Remove a file that --mark names yourself before you publish.
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

    @Option(
        help: ArgumentHelp(
            "The file that says how far it came; by default it lies beside a live index.",
            valueName: "file"
        )
    )
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
            throw ValidationError("--interval must be greater than 0 and at most 86400 seconds.")
        }
        guard mark != nil || target.address.path != nil else {
            throw ValidationError("Give --mark FILE: an address has no folder to keep it in.")
        }
        guard Engine(address: catalog) == .postgres else {
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

    #if Postgres
    private func follow() async throws {
        let database = try DatabaseCatalogue(PostgresAddress(catalog), query: query)
        guard let table = database.table else {
            throw RecError(.invalidSetting, "Say which table's changes count: add ?table=NAME to the address.")
        }
        let source = CatalogueSource(database.catalogue)
        try await target.address.withIndex { index in
            let follower = FeedFollower(
                feed: PostgresFeed(database.catalogue, table: table),
                embedder: try IndexedEmbedder(of: index, weights: weights, pictures: source.pictures),
                file: mark.map(MarkFile.init(path:)) ?? MarkFile(beside: target.address.path ?? ""),
                forgets: forget,
                report: { [json] in try Self.show($0, json: json) }
            )
            try await follower.run(index, every: once ? nil : .seconds(interval))
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
    #else
    private func follow() async throws { throw Engine.postgres.absence }
    #endif
}
