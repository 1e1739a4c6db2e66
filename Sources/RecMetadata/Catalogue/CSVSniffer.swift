internal import RecCore

/// Recognises files that are certainly not CSV, for a better error than one about columns.
enum CSVSniffer {
    /// Why a file cannot be read as CSV; `nil` when it may be one.
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
            return RecError(.notCSV, path: name, "The file looks like \(kind), not CSV. \(advice)")
        }
        return nil
    }

    private static let signatures: [(start: [UInt8], kind: String, advice: String)] = [
        ([0xFF, 0xFE], "UTF-16 text", "Save it as UTF-8."),
        ([0xFE, 0xFF], "UTF-16 text", "Save it as UTF-8."),
        ([0x1F, 0x8B], "a gzip archive", "Unpack it first."),
        ([0x50, 0x4B, 0x03, 0x04], "a zip archive or a spreadsheet", "Unpack it, or save it as CSV, first."),
        (Array("<!DOCTYPE".utf8), "a web page", "Download the file itself."),
        (Array("<!doctype".utf8), "a web page", "Download the file itself."),
        (Array("<html".utf8), "a web page", "Download the file itself."),
        (Array("PAR1".utf8), "a Parquet file", "Export it as CSV."),
    ]
}
