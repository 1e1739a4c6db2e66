/// The values of one pickle.
struct PickleGraph: Sendable {
    /// All values in the order in which they were made.
    var nodes: [PickleNode] = []
    /// The position of the value that the pickle is.
    var root = 0

    /// The value at a position.
    subscript(id: Int) -> PickleNode { nodes[id] }

    /// The integer at a position, if it is one.
    func integer(_ id: Int) -> Int? { if case .integer(let value) = nodes[id] { value } else { nil } }

    /// The text at a position, if it is one.
    func text(_ id: Int) -> String? { if case .text(let value) = nodes[id] { value } else { nil } }

    /// The elements of the tuple or list at a position, if it is one.
    func elements(_ id: Int) -> [Int]? {
        switch nodes[id] {
        case .tuple(let elements), .list(let elements): elements
        default: nil
        }
    }

    /// A text or integer as a key, as storages are known by.
    func key(_ id: Int) -> String? { text(id) ?? integer(id).map { String($0) } }

    /// The name that a key of a dictionary gives: a text, an integer in decimals, bytes that are a text.
    func name(_ id: Int) -> String? {
        switch nodes[id] {
        case .text(let value): value
        case .integer(let value): String(value)
        case .bytes(let value): value
        default: nil
        }
    }

    /// The entries of the dictionary at a position whose keys are names: a later value of a key replaces an earlier one
    /// in its place, as in Python, where a text, an integer and bytes are different keys.
    func entries(_ id: Int) -> [(key: String, value: Int)]? {
        guard case .dictionary(let items) = nodes[id] else { return nil }
        var entries: [(key: String, value: Int)] = []
        var positions: [String: Int] = [:]
        for index in stride(from: 0, to: items.count - 1, by: 2) {
            guard let key = name(items[index]) else { continue }
            let isText = if case .text = nodes[items[index]] { true } else { false }
            if let position = positions[key], isText {
                entries[position].value = items[index + 1]
            } else {
                if isText { positions[key] = entries.count }
                entries.append((key, items[index + 1]))
            }
        }
        return entries
    }
}
