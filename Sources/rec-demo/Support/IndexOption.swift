import ArgumentParser
import RecIndex

/// `--index INDEX`.
struct IndexOption: ParsableArguments {
    @Option(
        name: .customLong("index"),
        help: "The index file, as written by 'rec-demo index', or the folder of a live index."
    )
    var path: String

    /// Opens the index.
    func open() throws -> Index { try Index.open(path: path) }
}
