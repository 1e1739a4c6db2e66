internal import RecCore
internal import RecFiles

extension WeightFile {
    /// The file or files that a path means: a weight file, the index of several, or a folder with one of these.
    static func open(_ path: String) throws(RecError) -> (parts: [Part], path: String) {
        let path = try FolderOfWeights.file(at: path) ?? path
        guard path.hasSuffix(ShardIndex.suffix) else { return ([try Part(path: path)], path) }
        let index = try ShardIndex(path: path)
        let folder = FolderOfWeights.folder(of: path)
        var parts: [Part] = []
        for name in index.parts {
            do {
                parts.append(try Part(path: "\(folder)/\(name)"))
            } catch {
                guard error.code == .fileNotFound else { throw error }
                throw RecError(
                    .fileNotFound,
                    path: path,
                    "The part '\(name)' is missing; put all \(index.parts.count) files of the index beside it."
                )
            }
        }
        try check(parts, index, path)
        return (parts, path)
    }

    /// Checks that each tensor of the index is in its part, and that no two parts have one of the same name.
    private static func check(_ parts: [Part], _ index: ShardIndex, _ path: String) throws(RecError) {
        var owners: [String: String] = [:]
        for (part, file) in zip(parts, index.parts) {
            for name in part.contents.names {
                if let other = owners.updateValue(file, forKey: name) {
                    throw RecError(
                        .corruptWeights,
                        path: path,
                        "The tensor '\(name)' is in '\(other)' and in '\(file)'; fetch the files again."
                    )
                }
            }
        }
        let lost = index.partOfTensor.filter { owners[$0.key] != $0.value }
        guard let first = lost.min(by: { $0.key < $1.key }) else { return }
        throw RecError(
            .corruptWeights,
            path: path,
            "The index says that '\(first.value)' has the tensor '\(first.key)', which it has not; fetch the files again."
        )
    }
}
