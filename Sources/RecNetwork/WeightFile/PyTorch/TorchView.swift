/// A tensor that is a view of a storage; offset, sizes and strides count elements.
struct TorchView: Sendable {
    /// The persistent identifier of the storage.
    let storage: Int
    /// The element type, when the storage does not say it.
    let elementType: TorchStorageType?
    /// The first element in the storage.
    let offset: Int
    /// The sizes, outermost dimension first.
    let shape: [Int]
    /// The strides, one for each size.
    let strides: [Int]

    private let flags: [(name: String, isSet: Bool)]

    /// Reads the arguments of `_rebuild_tensor`, `_rebuild_tensor_v2`, or, with an element type, `_rebuild_tensor_v3`.
    init?(_ arguments: [Int], isTyped: Bool, in graph: PickleGraph) {
        guard arguments.count >= 4, case .persistent(let storage) = graph[arguments[0]],
            let offset = graph.integer(arguments[1]), let shape = Self.integers(arguments[2], in: graph),
            let strides = Self.integers(arguments[3], in: graph)
        else { return nil }
        self.storage = storage
        self.offset = offset
        self.shape = shape
        self.strides = strides
        var rest = arguments.dropFirst(6)
        if isTyped {
            guard let type = rest.popFirst(), case .global(.elementType(let elementType)) = graph[type] else {
                return nil
            }
            self.elementType = elementType
        } else {
            elementType = nil
        }
        flags =
            rest.first.flatMap { graph.entries($0) }?.map { key, value in
                if case .boolean(false) = graph[value] { (key, false) } else { (key, true) }
            } ?? []
    }

    /// Whether the numbers are the negatives of the stored ones.
    var isNegated: Bool { flags.contains { $0.name == "neg" && $0.isSet } }

    /// The reason why the numbers cannot be read, in words; `nil` when the storage decides.
    func obstacle(in graph: PickleGraph) -> String? {
        for flag in flags where flag.isSet && flag.name != "neg" {
            return flag.name == "conj"
                ? "a tensor to be conjugated" : "a tensor with the mark '\(flag.name.prefix(40))'"
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
