/// A storage that a checkpoint's tensors are views of.
struct TorchStorage: Sendable {
    /// The key of the storage: the name of its record.
    let key: String
    /// The type of the elements.
    let type: TorchStorageType
    /// The number of elements.
    let count: Int
    /// Where in the storage `key` this one starts, in elements, when it is a view of that.
    var offset = 0
    /// The number of elements of the view, when it is one.
    var viewCount: Int?

    /// Reads what a persistent identifier says: ('storage', type, key, location, count[, view]).
    init?(_ id: Int, in graph: PickleGraph) {
        guard let fields = graph.elements(id), fields.count == 5 || fields.count == 6,
            graph.text(fields[0]) == "storage", case .global(.storage(let type)) = graph[fields[1]],
            let key = graph.key(fields[2]), let count = graph.integer(fields[4]), count >= 0
        else { return nil }
        self.key = key
        self.type = type
        self.count = count
        guard fields.count == 6, let view = graph.elements(fields[5]) else { return }
        guard view.count == 3, let offset = graph.integer(view[1]), let viewCount = graph.integer(view[2]),
            offset >= 0, viewCount >= 0, offset <= count, viewCount <= count - offset
        else { return nil }
        self.offset = offset
        self.viewCount = viewCount
    }
}
