internal import RecCore

/// Recognises files that are certainly no tables in text, for a better error than one about columns.
enum TableSniffer {
    /// Why a file cannot be read, by its first bytes; `nil` when it may be a table.
    static func refusal(of bytes: [UInt8], name: String) -> RecError? {
        if bytes.isEmpty {
            return RecError(.emptyFile, path: name, "The file is empty.")
        }
        if bytes.starts(with: "version https://git-lfs.github.com/spec/".utf8) {
            return RecError(
                .gitLFSPointer,
                path: name,
                "The file is a Git LFS pointer and not the table itself. Run `git lfs pull`, or download the table."
            )
        }
        for (start, kind, advice) in signatures where bytes.starts(with: start) {
            return RecError(.notCSV, path: name, "The file looks like \(kind), not a table in text. \(advice)")
        }
        return nil
    }

    private static let signatures: [(start: [UInt8], kind: String, advice: String)] = [
        ([0x1F, 0x8B], "a gzip archive", "Unpack it first."),
        ([0x50, 0x4B, 0x03, 0x04], "a zip archive or a spreadsheet", "Unpack it, or save it as CSV, first."),
        (Array("<!DOCTYPE".utf8), "a web page", "Download the file itself."),
        (Array("<!doctype".utf8), "a web page", "Download the file itself."),
        (Array("<html".utf8), "a web page", "Download the file itself."),
        (Array("PAR1".utf8), "a Parquet file", "Turn it into JSON Lines, as the README shows."),
        (Array("ARROW1".utf8), "an Arrow file", "Turn it into JSON Lines first."),
        (Array("Obj\u{1}".utf8), "an Avro file", "Turn it into JSON Lines first."),
        (Array("ORC".utf8) + [0x0A], "an ORC file", "Turn it into JSON Lines first."),
        (Array("SQLite format 3".utf8), "a SQLite database", "Export the table as CSV."),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old spreadsheet", "Save it as CSV first."),
        ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard archive", "Unpack it first."),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz archive", "Unpack it first."),
    ]
}
