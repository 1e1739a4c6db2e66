internal import RecFiles

/// The files of a live index; `Docs/FileFormat.md` describes them.
struct LiveFolder: Sendable {
    let path: String

    /// The file that a writer locks; it is empty.
    var lock: String { path + "/lock" }

    /// The file that says which segments there are.
    var manifest: String { path + "/manifest" }

    /// The file that says how much of the log was acknowledged.
    var commit: String { path + "/commit" }

    /// The file with the host's notes, if there are any.
    var notes: String { path + "/notes" }

    /// Where the vectors of a new segment are gathered for a moment.
    func scratch(_ number: UInt64) -> String { "\(path)/.rec-rows-\(number).tmp" }

    func log(_ generation: UInt64) -> String { "\(path)/log-\(generation)" }

    func segment(_ number: UInt64) -> String { "\(path)/segment-\(number).index" }

    /// What a name in the folder is.
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

        /// Only numbers as this package writes them, so that nobody else's file is taken for one of ours.
        private static func number(_ text: Substring) -> UInt64? {
            UInt64(text).flatMap { String($0) == text ? $0 : nil }
        }
    }

    /// The files in the folder, by what they are.
    func entries() throws(FileError) -> [(name: String, entry: Entry)] {
        try FileSystem.entries(ofFolder: path).map { ($0, Entry($0)) }
    }

    /// Returns when the names in the folder are on the disk.
    func synchronize() throws(FileError) { try AtomicFile.synchronize(folder: path) }

    /// Removes what no manifest refers to any more; readers that have it open keep it.
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
