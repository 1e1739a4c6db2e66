internal import RecCore
internal import RecFiles

/// Finds the weights that are meant when a folder is given.
enum FolderOfWeights {
    /// The file to open in the folder at a path; `nil` when there is no folder.
    ///
    /// - Throws: `unknownWeightFormat` when the folder is of another kind, `unreadableFile` when no file is meant.
    static func file(at path: String) throws(RecError) -> String? {
        guard !path.utf8.contains(0), let names = try? FileSystem.entries(ofFolder: path) else { return nil }
        let known = Set(names)
        for name in ["model.safetensors", "pytorch_model.bin"] where known.contains(name) { return "\(path)/\(name)" }
        let indexes = names.filter { $0.hasSuffix(ShardIndex.suffix) }.sorted()
        let preferred = ["model.safetensors.index.json", "pytorch_model.bin.index.json"].first { known.contains($0) }
        if let index = preferred ?? (indexes.count == 1 ? indexes[0] : nil) { return "\(path)/\(index)" }
        if let kind = kind(of: names, known) { throw RecError(.unknownWeightFormat, path: path, kind.message) }
        let candidates = names.filter { name in endings.contains { name.hasSuffix($0) } }.sorted()
        let choice = candidates.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
        throw RecError(
            .unreadableFile,
            path: path,
            "This is a folder. Give the weight file in it\(choice.isEmpty ? "." : ": \(choice).")"
        )
    }

    private static let endings = [".safetensors", ".pth", ".pt", ".bin", ".h5", ".keras", ".ckpt", ".index.json"]

    private static func kind(of names: [String], _ known: Set<String>) -> ForeignKind? {
        func any(_ ending: String) -> Bool { names.contains { $0.hasSuffix(ending) } }
        if known.contains("saved_model.pb") || known.contains("saved_model.pbtxt") { return .savedModel }
        if any(".distcp") { return .distributed }
        if names.contains(where: { $0.contains(".data-00000-of-") }) { return .tensorFlowCheckpoint }
        if any(".pdparams") || any(".pdmodel") || any(".pdiparams") || known.contains("__model__") { return .paddle }
        if known.contains("Manifest.json"), known.contains("Data") || any(".mlmodel") { return .coreML }
        if known.contains("_METADATA") || known.contains("_CHECKPOINT_METADATA") || known.contains("manifest.ocdbt") {
            return .orbax
        }
        if known.contains("model.json"), names.contains(where: { $0.contains("-shard") }) { return .tensorFlowJS }
        if names.contains(where: { $0.hasSuffix(".xml") && known.contains($0.dropLast(4) + ".bin") }) {
            return .openVINO
        }
        if any("-symbol.json") { return .mxNet }
        if any(".onnx") { return .onnx }
        return nil
    }
}
