internal import RecCore
internal import RecFiles

extension WeightFile {
    /// The file or files that a path means: a weight file, the index of several, or a folder with one of these.
    ///
    /// - Returns: The files; for each tensor the number of its file, when there are several; the path of the only file, or
    ///   of the index.
    static func open(_ path: String) throws(RecError) -> (parts: [Part], partOfTensor: [String: Int], path: String) {
        let path = try FolderOfWeights.file(at: path) ?? path
        guard path.hasSuffix(ShardIndex.suffix) else { return ([try Part(path: path)], [:], path) }
        let index = try ShardIndex(path: path)
        let folder = FileSystem.folder(of: path)
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
        return (parts, try partOfTensor(parts, index, path), path)
    }

    /// The number of each tensor's part, after checking that each tensor of the index is in its part and that no two
    /// parts have one of the same name.
    private static func partOfTensor(
        _ parts: [Part],
        _ index: ShardIndex,
        _ path: String
    ) throws(RecError) -> [String: Int] {
        var numbers: [String: Int] = [:]
        for (number, part) in parts.enumerated() {
            for name in part.contents.names {
                if let other = numbers.updateValue(number, forKey: name) {
                    throw RecError(
                        .corruptWeights,
                        path: path,
                        "The tensor '\(name)' is in '\(index.parts[other])' and in '\(index.parts[number])'; fetch the "
                            + "files again."
                    )
                }
            }
        }
        let lost = index.partOfTensor.filter { name, part in numbers[name].map { index.parts[$0] } != part }
        guard let first = lost.min(by: { $0.key < $1.key }) else { return numbers }
        throw RecError(
            .corruptWeights,
            path: path,
            "The index says that '\(first.value)' has the tensor '\(first.key)', but it does not; fetch the files again."
        )
    }
}
