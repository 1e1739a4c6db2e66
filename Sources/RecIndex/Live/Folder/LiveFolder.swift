internal import RecCore
internal import RecFiles

/// The files of a live index; `Docs/FileFormat.md` describes them.
struct LiveFolder: Sendable {
    let path: String

    /// The file that a writer locks; it is empty.
    var lock: String { path + "/lock" }

    /// The file that lists the segments.
    var manifest: String { path + "/manifest" }

    /// The file with the acknowledged end of the log.
    var commit: String { path + "/commit" }

    /// The file with the host's notes, if there are any.
    var notes: String { path + "/notes" }

    /// The empty file that is there until a publication has filled the index.
    var unfinished: String { path + "/unfinished" }

    /// The temporary file for the vectors of a new segment.
    func scratch(_ number: UInt64) -> String { "\(path)/.rec-rows-\(number).tmp" }

    func log(_ generation: UInt64) -> String { "\(path)/log-\(generation)" }

    func segment(_ number: UInt64) -> String { "\(path)/segment-\(number).index" }

    /// The kinds of files in the folder.
    enum Entry {
        case log(UInt64)
        case segment(UInt64)
        /// A file that was being written when its process ended.
        case temporary
        case other

        init(_ name: String) {
            if name.hasPrefix("log-"), let number = Self.number(name.dropFirst(4)) {
                self = .log(number)
            } else if name.hasPrefix("segment-"), name.hasSuffix(".index"),
                let number = Self.number(name.dropFirst(8).dropLast(6))
            {
                self = .segment(number)
            } else if name.hasPrefix(".rec-"), name.hasSuffix(".tmp") {
                self = .temporary
            } else {
                self = .other
            }
        }

        /// Only numbers in this package's format, so that foreign files are ignored.
        private static func number(_ text: Substring) -> UInt64? {
            UInt64(text).flatMap { String($0) == text ? $0 : nil }
        }
    }

    /// The files in the folder, with their kinds.
    func entries() throws(FileError) -> [(name: String, entry: Entry)] {
        try FileSystem.entries(ofFolder: path).map { ($0, Entry($0)) }
    }

    /// Returns when the names in the folder are on the disk.
    func synchronize() throws(FileError) { try AtomicFile.synchronize(folder: path) }

    /// Checks that the index is not one that a publication has yet to fill.
    ///
    /// - Throws: `RecError` with code `unfinishedIndex`.
    func requireFinished() throws(RecError) {
        guard !FileSystem.exists(unfinished) else { throw .unfinishedIndex("the live index in '\(path)'") }
    }

    /// Removes files that the manifest does not refer to; readers that have them open keep them.
    func removeLeftovers(_ manifest: Manifest) {
        let segments = Set(manifest.segments.map(\.file.number))
        for (name, entry) in (try? entries()) ?? [] {
            let isLeftover =
                switch entry {
                case .log(let generation): generation < manifest.firstGeneration
                case .segment(let number): !segments.contains(number)
                case .temporary: true
                case .other: false
                }
            if isLeftover { try? FileSystem.remove(path + "/" + name) }
        }
    }
}
