import RecCore
import RecMath

/// Products of an answer as a table for people: rank, score, its parts, and what the product is.
struct NeighborTable {
    /// One product of the answer.
    struct Row {
        let id: ProductID
        let score: Double
        let cosines: BlockCosines
        /// What is said about it in a line of its own.
        var note: String?
    }

    private let rows: [Row]
    private let index: any SimilarityIndex
    private let before: Int

    init(_ rows: [Row], index: any SimilarityIndex, before: Int = 0) {
        self.rows = rows
        self.index = index
        self.before = before
    }

    /// Prints the table to standard output.
    func print() async throws {
        guard !rows.isEmpty else { return }
        let width = max(2, rows.map(\.id.rawValue.count).max() ?? 0)
        try Console.result("rank  score  image  attr.  \(padded("id", to: width))  product")
        let products = try await index.products(rows.map(\.id), ProductContents(product: true))
        for (offset, row) in rows.enumerated() {
            let numbers = [row.score, row.cosines[.image], row.cosines[.metadata]]
            let columns = numbers.map { $0.map { $0.decimals(3) } ?? "    –" }.joined(separator: "  ")
            let number = "\(before + offset + 1)"
            let rank = String(repeating: " ", count: max(0, 4 - number.count)) + number
            let title = products[offset]?.product?.title ?? ""
            try Console.result("\(rank)  \(columns)  \(padded(row.id.rawValue, to: width))  \(title)".shownOnOneLine)
            if let note = row.note { try Console.result("      \(note)".shownOnOneLine) }
        }
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
