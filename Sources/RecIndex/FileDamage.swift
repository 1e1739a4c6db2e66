internal import RecCore

/// The damage of a file, without its path.
enum FileDamage: Error {
    case foreign
    /// An unsupported version; versions up to `readable` are supported.
    case version(UInt32, readable: UInt32)
    case truncated
    case corrupt(String)
}

extension RecError {
    /// Describes the damage of the index file at `path` and the remedy.
    init(_ damage: FileDamage, path: String) {
        let remedy = "Build the index anew, or restore the file."
        switch damage {
        case .foreign:
            self.init(.foreignFile, path: path, "This is not an index file.")
        case .version(let version, let readable):
            self.init(
                .unsupportedVersion,
                path: path,
                "It has format version \(version); this version of the package reads up to "
                    + "\(readable). Open it with the version that wrote it, or build the index anew."
            )
        case .truncated:
            self.init(.truncated, path: path, "The file is cut off: its end is missing. \(remedy)")
        case .corrupt(let what):
            self.init(.corrupt, path: path, "The file is damaged: \(what). \(remedy)")
        }
    }
}
