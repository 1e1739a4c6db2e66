internal import RecCore

/// Evenly spaced products of a catalogue that is read page by page.
struct EvenSample {
    /// The products that were chosen so far.
    private(set) var ids: [ProductID] = []

    private let size: Int
    private let count: Int
    private var seen = 0

    /// - Parameters:
    ///   - size: The products to choose; all when there are no more.
    ///   - count: The number of products of the catalogue.
    init(_ size: Int, of count: Int) {
        self.size = min(size, count)
        self.count = count
    }

    /// Chooses from the next page.
    mutating func add(_ page: [ProductID]) {
        while ids.count < size {
            let position = ids.count * count / size - seen
            guard page.indices.contains(position) else { break }
            ids.append(page[position])
        }
        seen += page.count
    }
}
