internal import RecCore
internal import RecFiles
internal import RecNetwork

/// The files beside a model that hold its weights, each mapped once.
struct ExternalFiles {
    /// The folder of the model.
    let folder: String
    private var files: [String: Result<MappedFile, RecError>] = [:]

    init(folder: String) {
        self.folder = folder
    }

    /// The tensor that external data describes.
    ///
    /// A file that is missing makes the tensor unreadable, so that a model can be looked at without its weights.
    mutating func constant(
        _ entries: [String: String],
        name: String,
        _ type: TensorType,
        byteCount size: Int,
        in reader: ONNXReader
    ) throws -> ONNXConstant {
        guard let location = entries["location"], Self.isInside(location) else {
            throw reader.corrupt(
                "The tensor '\(name)' lies in the file '\((entries["location"] ?? "").prefix(200))'; only files in the "
                    + "folder of the model are read."
            )
        }
        guard let offset = Int(entries["offset"] ?? "0"), offset >= 0,
            let length = Int(entries["length"] ?? "\(size)"), length == size
        else { throw reader.corrupt("The tensor '\(name)' has an impossible place in '\(location)'.") }
        switch try file(location, in: reader) {
        case .failure(let reason): return ONNXConstant(type: type, content: .unreadable(reason))
        case .success(let file):
            guard offset <= file.count, size <= file.count - offset else {
                throw RecError(
                    .corruptWeights,
                    path: file.path,
                    "The tensor '\(name)' lies outside the file, which may be cut off; fetch it again."
                )
            }
            return ONNXConstant(type: type, content: .mapped(file, offset: offset))
        }
    }

    private mutating func file(_ location: String, in reader: ONNXReader) throws -> Result<MappedFile, RecError> {
        if let file = files[location] { return file }
        guard files.count < ONNXLimits.externalFileCount else {
            throw reader.corrupt("Its weights lie in more than \(ONNXLimits.externalFileCount) files.")
        }
        let result: Result<MappedFile, RecError>
        do {
            result = .success(try MappedFile(path: "\(folder)/\(location)"))
        } catch {
            let reason = RecError(error)
            result = .failure(
                RecError(
                    reason.code,
                    path: reader.file.path,
                    "The weights in '\(location)' cannot be read (\(reason.message)); put the file "
                        + "beside the model."
                )
            )
        }
        files[location] = result
        return result
    }

    /// Whether a location names a file in the folder of the model or below it.
    private static func isInside(_ location: String) -> Bool {
        let parts = location.split(separator: "/", omittingEmptySubsequences: false)
        return !location.isEmpty && location.utf8.count <= 1024 && !location.contains("\\") && !location.contains("\0")
            && !parts.contains("..") && parts.allSatisfy { !$0.isEmpty }
            && !(parts[0].count == 2 && parts[0].last == ":")
    }
}
