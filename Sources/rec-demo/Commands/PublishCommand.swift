import ArgumentParser
import RecCore
import RecEngines

/// `rec-demo publish`: copies an index into an engine.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Copy an index into an engine, or into a live index.",
        discussion: """
            Products that the target has as they are stay, those that are new or changed are written, and those that the \
            index lacks are removed. So a run after one that was stopped continues it. A target that this command made \
            refuses searches until a run has ended; in one that was complete before, they find some old products and some \
            new ones meanwhile. At the end a live index is merged into one segment, and the numbers of \
            products and the answers to some queries are compared.
            """
    )

    @OptionGroup var source: IndexOption

    @Option(
        help: """
            The address of an engine (\(IndexAddress.forms)), or the folder of a live index. What is missing is made.
            """,
        transform: IndexAddress.init(argument:)
    )
    var to: IndexAddress

    @Flag(help: "Remove what is there first: needed when it was made by another recipe, or without --approximate.")
    var replace = false

    @Flag(help: "Give a table, collection or folder that is made a graph for approximate searches.")
    var approximate = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        try to.validate()
    }

    func run() async throws {
        try await Failure.exiting {
            try await Interruption.cancelling { try await publish(await source.open()) }
        }
    }

    private func publish(_ index: some AnnotatedIndex) async throws {
        let report = try await to.withTarget(for: index, replacing: replace, approximate: approximate) { target in
            #if Postgres
            // A follower of a table would go on from its mark, and what the index has now may be older.
            if let path = to.path { try MarkFile(beside: path).remove() }
            #endif
            return try await publish(index, to: target)
        }
        let counts = [
            ("written", report.written), ("unchanged", report.unchanged), ("removed", report.removed),
        ]
        if json {
            try Console.result(JSONValue.object(counts.map { ($0, .integer($1)) }).text)
        } else {
            try Console.result(counts.map { "\($1) \($0)" }.joined(separator: ", "))
            Console.note("The answers to \(report.compared) queries are the same.")
        }
    }

    private func publish(_ index: some SimilarityIndex, to target: some PublishTarget) async throws -> PublishReport {
        let bar = ProgressBar("publish")
        defer { bar.finish() }
        return try await IndexPublisher().publish(index, to: target) { bar.update($0) }
    }
}
