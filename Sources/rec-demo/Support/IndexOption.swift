import ArgumentParser
import RecEngines

/// `--index INDEX`.
struct IndexOption: ParsableArguments {
    @Option(
        name: .customLong("index"),
        help: """
            The index: a file, as written by 'rec-demo index', or the folder of a live index.
            """
    )
    var address: IndexAddress

    /// Opens the index.
    func open() async throws -> any AnnotatedIndex { try await address.open() }
}
