import RecCore

/// Neighbours as a table for people: rank, score, its parts, and what the product is.
struct NeighborTable {
    private let neighbors: [Neighbor]
    private let index: any SimilarityIndex

    init(_ neighbors: [Neighbor], index: any SimilarityIndex) {
        self.neighbors = neighbors
        self.index = index
    }

    /// Prints the table to standard output.
    func print() throws {
        guard !neighbors.isEmpty else { return }
        let width = max(2, neighbors.map(\.id.rawValue.count).max() ?? 0)
        try Console.result("rank  score  image  attr.  \(padded("id", to: width))  product")
        for (offset, neighbor) in neighbors.enumerated() {
            let numbers = [neighbor.score, neighbor.cosines[.image], neighbor.cosines[.metadata]]
            let columns = numbers.map { $0.map { $0.formatted(digits: 3) } ?? "    –" }.joined(separator: "  ")
            let rank = String(repeating: " ", count: max(0, 4 - "\(offset + 1)".count)) + "\(offset + 1)"
            let title = index.product(neighbor.id)?.title ?? ""
            let id = padded(neighbor.id.rawValue, to: width)
            try Console.result("\(rank)  \(columns)  \(id)  \(title)".shownSafely)
        }
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
