/// The best rows seen so far, at most `limit` of them, as a heap whose root is the worst.
package struct BestRows {
    /// A row with its score; a row is better when its score is greater or, that being equal, its number smaller.
    package struct Entry {
        package let score: Double
        package let row: Int

        package init(score: Double, row: Int) {
            self.score = score
            self.row = row
        }

        package func isBetter(than other: Entry) -> Bool {
            score == other.score ? row < other.row : score > other.score
        }
    }

    private let limit: Int
    private var heap: [Entry] = []

    /// Makes room for rows as they come, so that a huge limit costs nothing.
    ///
    /// - Precondition: `limit` is greater than zero.
    package init(limit: Int) {
        precondition(limit > 0, "the limit must be greater than zero")
        self.limit = limit
    }

    /// Takes a row in if it is among the best.
    ///
    /// - Complexity: O(log *limit*), and O(1) for a row that is not.
    package mutating func offer(_ entry: Entry) {
        if heap.count < limit {
            heap.append(entry)
            rise(from: heap.count - 1)
        } else if entry.isBetter(than: heap[0]) {
            heap[0] = entry
            sink()
        }
    }

    /// Whether there are as many rows as are wanted.
    var isFull: Bool { heap.count == limit }

    /// The score below which no row gets in any more; `nil` while there is room.
    package var least: Double? { heap.count < limit ? nil : heap[0].score }

    /// The rows, best first.
    package consuming func sorted() -> [Entry] {
        heap.sorted { $0.isBetter(than: $1) }
    }

    private mutating func rise(from start: Int) {
        var position = start
        while position > 0 {
            let parent = (position - 1) / 2
            guard heap[parent].isBetter(than: heap[position]) else { return }
            heap.swapAt(position, parent)
            position = parent
        }
    }

    private mutating func sink() {
        var position = 0
        while true {
            var worst = position
            for child in 2 * position + 1..<min(2 * position + 3, max(heap.count, 2 * position + 1)) {
                if heap[worst].isBetter(than: heap[child]) { worst = child }
            }
            guard worst != position else { return }
            heap.swapAt(position, worst)
            position = worst
        }
    }
}
