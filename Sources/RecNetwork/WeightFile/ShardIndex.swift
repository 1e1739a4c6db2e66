internal import RecCore
internal import RecFiles

/// The index of weights in several files, as Hugging Face writes: `model.safetensors.index.json` beside its parts.
///
/// Its member `weight_map` says for each tensor which file has it.
struct ShardIndex {
    /// The ending of the names of such files.
    static let suffix = ".index.json"
    private static let sizeLimit = 100_000_000
    private static let partLimit = 1000

    /// The names of the parts, in order.
    let parts: [String]
    /// For each tensor the name of its part.
    let partOfTensor: [String: String]

    /// Reads an index file.
    init(path: String) throws(RecError) {
        let bytes: [UInt8]
        do {
            bytes = try FileSystem.contents(ofFile: path, limit: Self.sizeLimit)
        } catch {
            throw RecError(error)
        }
        guard !bytes.isEmpty else { throw RecError(.emptyFile, path: path, "The index is empty; fetch it again.") }
        let json: StrictJSON
        do {
            json = try StrictJSONParser.parse(bytes)
        } catch {
            throw Self.corrupt(path, "The index is damaged at byte \(error.position): \(error.reason)")
        }
        guard let map = json["weight_map"]?.members else {
            throw Self.corrupt(path, "The index has no 'weight_map' of tensors and files")
        }
        var partOfTensor: [String: String] = [:]
        for (tensor, value) in map {
            guard let part = value.string, FileSystem.isPlainName(part), !part.hasSuffix(Self.suffix) else {
                throw Self.corrupt(path, "The index gives '\(tensor.prefix(80))' no file name within its folder")
            }
            partOfTensor[tensor] = part
        }
        let parts = Set(partOfTensor.values).sorted()
        guard !parts.isEmpty else { throw Self.corrupt(path, "The index names no file") }
        guard parts.count <= Self.partLimit else { throw Self.corrupt(path, "The index names \(parts.count) files") }
        self.parts = parts
        self.partOfTensor = partOfTensor
    }

    private static func corrupt(_ path: String, _ message: String) -> RecError {
        RecError(.corruptWeights, path: path, message + "; fetch the file again.")
    }
}
