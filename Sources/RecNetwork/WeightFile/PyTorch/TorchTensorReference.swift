/// A tensor as a pickle describes it.
enum TorchTensorReference: Sendable {
    /// A view of a storage, by its persistent identifier: offset, sizes and strides in elements.
    case view(storage: Int, offset: Int, shape: [Int], strides: [Int])
    /// A tensor that is described elsewhere, by its persistent identifier.
    case external(Int)

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
            case .call(.rebuildTensor, let arguments):
                guard arguments.count >= 4, case .persistent(let storage) = graph[arguments[0]],
                    let offset = graph.integer(arguments[1]), let shape = Self.integers(arguments[2], in: graph),
                    let strides = Self.integers(arguments[3], in: graph)
                else { return nil }
                self = .view(storage: storage, offset: offset, shape: shape, strides: strides)
                return
            default:
                return nil
            }
        }
        return nil
    }

    private static func integers(_ id: Int, in graph: PickleGraph) -> [Int]? {
        guard let elements = graph.elements(id), elements.count <= 32 else { return nil }
        var result: [Int] = []
        for element in elements {
            guard let value = graph.integer(element) else { return nil }
            result.append(value)
        }
        return result
    }
}
