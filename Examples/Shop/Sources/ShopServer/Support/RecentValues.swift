/// Values that were asked for recently, in a bounded number of bytes.
///
/// There are two halves: when the newer one is full, it takes the place of the older one. What is asked for again moves
/// to the newer one, so that what nobody asks for goes first.
struct RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let limit: Int
    private var newer: [Key: (value: Value, size: Int)] = [:]
    private var older: [Key: (value: Value, size: Int)] = [:]
    /// The bytes of the newer half.
    private var size = 0

    /// - Parameter limit: The greatest number of bytes to keep; a value that exceeds half of it is not kept.
    init(limit: Int) {
        self.limit = limit
    }

    /// The value of a key, which then counts as recent; `nil` when it is not kept.
    mutating func value(for key: Key) -> Value? {
        if let known = newer[key] { return known.value }
        guard let known = older.removeValue(forKey: key) else { return nil }
        keep(known.value, size: known.size, for: key)
        return known.value
    }

    /// Keeps a value, which takes so many bytes with its key.
    mutating func keep(_ value: Value, size bytes: Int, for key: Key) {
        guard bytes <= limit / 2, newer[key] == nil else { return }
        if size + bytes > limit / 2 {
            older = newer
            newer = [:]
            size = 0
        }
        newer[key] = (value, bytes)
        size += bytes
    }
}
