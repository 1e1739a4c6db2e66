internal import RecCore

/// Finds the dictionary of tensors in the object that `torch.save` stored.
struct TorchStateDictionary {
    /// What a reference out of the pickle stands for: a tensor's parts are found by the container format.
    typealias Resolver = (_ tensor: TorchTensorReference, _ name: String) throws(RecError) -> StoredTensor

    private static let wrappers = [
        "state_dict", "model_state_dict", "model", "module", "net", "network", "weights", "params",
    ]
    private static let prefixes = ["module.", "_orig_mod."]

    private let graph: PickleGraph
    private let file: ByteRegion

    /// Reads the tensors of a graph.
    static func contents(
        of graph: PickleGraph,
        file: ByteRegion,
        resolve: Resolver
    ) throws(RecError) -> WeightContents {
        let reading = TorchStateDictionary(graph: graph, file: file)
        var references = reading.references(in: try reading.dictionary())
        for prefix in prefixes where references.allSatisfy({ $0.name.hasPrefix(prefix) }) {
            references = references.map { (String($0.name.dropFirst(prefix.count)), $0.reference) }
        }
        var contents = WeightContents()
        for (name, reference) in references {
            guard name.utf8.count <= WeightContents.maximumNameLength else {
                throw file.corrupt("The name of a tensor has \(name.utf8.count) bytes")
            }
            guard contents.add(name, try resolve(reference, name)) else {
                throw file.corrupt("The tensor '\(name)' occurs twice")
            }
        }
        return contents
    }

    /// The innermost dictionary that wrappers lead to.
    private func dictionary() throws(RecError) -> [(key: String, value: Int)] {
        guard var entries = graph.entries(graph.root) else {
            throw file.unsupported("It holds no dictionary of tensors; save the model's state_dict.")
        }
        for _ in 0..<4 {
            let inner = Self.wrappers.lazy.compactMap { name in
                entries.first { $0.key == name }.flatMap { graph.entries($0.value) }
            }
            guard let next = inner.first(where: { !references(in: $0).isEmpty || wraps($0) }) else { break }
            entries = next
        }
        guard !references(in: entries).isEmpty else {
            let keys = entries.prefix(8).map { "'\($0.key.prefix(40))'" }.joined(separator: ", ")
            throw file.unsupported("Its dictionary holds no tensors, only \(keys); save the model's state_dict.")
        }
        return entries
    }

    private func wraps(_ entries: [(key: String, value: Int)]) -> Bool {
        entries.contains { Self.wrappers.contains($0.key) && graph.entries($0.value) != nil }
    }

    private func references(
        in entries: [(key: String, value: Int)]
    ) -> [(name: String, reference: TorchTensorReference)] {
        entries.compactMap { entry in
            TorchTensorReference(entry.value, in: graph).map { (entry.key, $0) }
        }
    }
}
