internal import RecCore

/// Finds the tensors in the object that `torch.save` stored.
///
/// Dictionaries, lists and tuples are searched to any depth. The name of a tensor is its path: the keys and positions
/// that lead to it, joined by dots, so that `{"state_dict": {"fc.bias": ...}}` holds `state_dict.fc.bias`.
struct TorchStateDictionary {
    /// Where the elements of a tensor lie: its parts are found by the container format.
    typealias Resolver = (_ tensor: TorchTensorReference, _ name: String) throws(RecError) -> StoredTensor

    private static let depthLimit = 64
    /// A container that many others share is visited on each path, and a small pickle can describe very many: all
    /// members of all containers count, also those that are passed over.
    private static let visitLimit = 4_000_000
    private static let textLimit = 1 << 27
    /// OpenMMLab stores the whole configuration of a training in `meta.config`.
    private static let metadataLimit = 1 << 20

    private let graph: PickleGraph
    private let file: ByteRegion
    private var contents = WeightContents()
    private var visits = 0
    private var textCount = 0
    private var path: [Int] = []

    /// Reads the tensors of a graph.
    static func contents(
        of graph: PickleGraph,
        file: ByteRegion,
        resolve: Resolver
    ) throws(RecError) -> WeightContents {
        var reading = TorchStateDictionary(graph: graph, file: file)
        try reading.search(graph.root, name: "", resolve)
        guard !reading.contents.names.isEmpty else { throw reading.nothing() }
        reading.readTexts()
        return reading.contents
    }

    private init(graph: PickleGraph, file: ByteRegion) {
        self.graph = graph
        self.file = file
    }

    /// Searches the value at a position, whose name is known.
    private mutating func search(_ id: Int, name: String, _ resolve: Resolver) throws(RecError) {
        if let reference = TorchTensorReference(id, in: graph) {
            return try add(reference, name: name, resolve)
        }
        let inner = members(id)
        // A container may hold itself.
        guard !inner.isEmpty, !path.contains(id) else { return }
        guard path.count < Self.depthLimit else { throw file.unsupported("Its dictionaries are nested too deeply.") }
        path.append(id)
        defer { path.removeLast() }
        visits += inner.count
        guard visits <= Self.visitLimit else { throw file.unsupported("Its dictionaries hold too many values.") }
        for (key, value) in inner {
            let inside = name.isEmpty ? key : "\(name).\(key)"
            textCount += inside.utf8.count
            guard textCount <= Self.textLimit else {
                throw file.unsupported("The names in its dictionaries are too long.")
            }
            guard isContainerOrTensor(value) else { continue }
            try search(value, name: inside, resolve)
        }
    }

    private mutating func add(
        _ reference: TorchTensorReference,
        name: String,
        _ resolve: Resolver
    ) throws(RecError) {
        guard !name.isEmpty else {
            throw file.unsupported("It holds a single tensor without a name; save the model's state_dict.")
        }
        guard name.utf8.count <= WeightContents.maximumNameLength else {
            throw file.corrupt("The name of a tensor has \(name.utf8.count) bytes")
        }
        if case .foreign(let kind) = reference {
            contents.addUnreadable(name, file.unsupported("The tensor '\(name)' is \(kind); save it as plain numbers."))
            return
        }
        do {
            guard contents.add(name, try resolve(reference, name)) else {
                contents.addUnreadable(name, file.unsupported("Two tensors are named '\(name)'; rename one of them."))
                return
            }
        } catch {
            guard error.code == .unsupportedWeights else { throw error }
            contents.addUnreadable(name, error)
        }
    }

    /// Texts of the outermost dictionary, such as `arch`, and of `meta` in it are the metadata of the file.
    private mutating func readTexts() {
        let outermost = graph.entries(graph.root) ?? []
        let meta = outermost.first { $0.key == "meta" }.flatMap { graph.entries($0.value) } ?? []
        for (key, value) in outermost + meta.map({ ("meta." + $0.key, $0.value) }) {
            guard let text = graph.text(value), text.utf8.count <= Self.metadataLimit, contents.metadata.count < 100
            else { continue }
            contents.metadata[key] = text
        }
    }

    private func members(_ id: Int) -> [(key: String, value: Int)] {
        if let entries = graph.entries(id) { return entries }
        // The arguments of a call and the parts of an identifier are no members.
        return graph.elements(id)?.enumerated().map { (String($0), $1) } ?? []
    }

    private func isContainerOrTensor(_ id: Int) -> Bool {
        switch graph[id] {
        case .dictionary, .list, .tuple, .call, .persistent: true
        default: false
        }
    }

    private func nothing() -> RecError {
        guard let entries = graph.entries(graph.root) else {
            return file.unsupported("It holds no dictionary of tensors; save the model's state_dict.")
        }
        let keys = entries.prefix(8).map { "'\($0.key.prefix(40))'" }.joined(separator: ", ")
        return file.unsupported(
            "Its dictionary holds no tensors, \(keys.isEmpty ? "it is empty" : "only \(keys)"); save the model's "
                + "state_dict."
        )
    }
}
