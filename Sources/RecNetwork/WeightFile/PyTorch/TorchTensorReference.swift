internal import RecCore

/// A tensor as a pickle describes it.
enum TorchTensorReference: Sendable {
    /// A view of a storage, by the storage's persistent identifier.
    case view(TorchView)
    /// A tensor that is described elsewhere, by its persistent identifier.
    case external(Int)
    /// A tensor of a kind that is not read, in words: "a sparse tensor".
    case foreign(String)

    /// Reads a value, or gives `nil` when it is no tensor.
    init?(_ id: Int, in graph: PickleGraph) {
        var node = graph[id]
        // A parameter holds a tensor; so may a tensor of a subclass. Deeper nesting does not occur.
        for _ in 0..<4 {
            switch node {
            case .persistent(let key):
                self = .external(key)
                return
            case .call(.rebuildParameter, let arguments):
                guard let data = arguments.first else { return nil }
                node = graph[data]
            case .call(.rebuildFromType, let arguments):
                guard arguments.count >= 3, case .global(let global) = graph[arguments[0]],
                    let inner = graph.elements(arguments[2])
                else { return nil }
                node = .call(global, inner)
            case .call(.rebuildTensor, let arguments), .call(.rebuildTypedTensor, let arguments):
                let isTyped = if case .call(.rebuildTypedTensor, _) = node { true } else { false }
                guard let view = TorchView(arguments, isTyped: isTyped, in: graph) else { return nil }
                self = view.obstacle(in: graph).map { .foreign($0) } ?? .view(view)
                return
            case .call(.foreignTensor(let kind), _):
                self = .foreign(kind)
                return
            default:
                return nil
            }
        }
        return nil
    }

    /// The view that it is, in the formats that describe every tensor where it is used.
    func view(named name: String, in file: ByteRegion) throws(RecError) -> TorchView {
        guard case .view(let view) = self else {
            throw file.unsupported("'\(name)' is a storage, not a tensor; save the model's state_dict.")
        }
        return view
    }
}
