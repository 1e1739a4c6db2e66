import ArgumentParser
import RecEngines

/// `--index INDEX`.
struct IndexOption: ParsableArguments {
    @Option(
        name: .customLong("index"),
        help: """
            The index: a file, as written by 'rec-demo index', the folder of a live index, or the address of an engine: \
            \(IndexAddress.forms).
            """,
        transform: IndexAddress.init(argument:)
    )
    var address: IndexAddress

    func validate() throws { try address.validate() }

    /// Opens the index.
    func open() async throws -> any AnnotatedIndex { try await address.open() }
}
