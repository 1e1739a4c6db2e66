package import RecCore
import RecMath

/// Products of an answer as a table for people: rank, score, its parts, and what the product is.
package struct NeighborTable {
    /// One product of the answer.
    package struct Row {
        let id: ProductID
        let score: Double
        let cosines: BlockCosines
        /// What is said about it in a line of its own.
        let note: String?

        package init(id: ProductID, score: Double, cosines: BlockCosines, note: String? = nil) {
            self.id = id
            self.score = score
            self.cosines = cosines
            self.note = note
        }
    }

    private let rows: [Row]
    private let index: any SimilarityIndex
    private let before: Int

    /// Creates a table.
    ///
    /// - Parameters:
    ///   - rows: The products, best first.
    ///   - index: What knows their titles.
    ///   - before: How many products of the answer come before these.
    package init(_ rows: [Row], index: any SimilarityIndex, before: Int = 0) {
        self.rows = rows
        self.index = index
        self.before = before
    }

    /// Prints the table to standard output.
    func print() async throws {
        for line in try await lines() { try Console.result(line) }
    }

    /// The lines of the table; none when there are no products.
    package func lines() async throws -> [String] {
        guard !rows.isEmpty else { return [] }
        let width = max(2, rows.map(\.id.rawValue.count).max() ?? 0)
        var lines = ["rank  score  image  attr.  \(padded("id", to: width))  product"]
        let products = try await index.products(rows.map(\.id), ProductContents(product: true))
        for (offset, row) in rows.enumerated() {
            let numbers = [row.score, row.cosines[.image], row.cosines[.metadata]]
            let columns = numbers.map { $0.map { $0.decimals(3) } ?? "    –" }.joined(separator: "  ")
            let number = "\(before + offset + 1)"
            let rank = String(repeating: " ", count: max(0, 4 - number.count)) + number
            let title = products[offset]?.product?.title ?? ""
            lines.append("\(rank)  \(columns)  \(padded(row.id.rawValue, to: width))  \(title)".shownOnOneLine)
            if let note = row.note { lines.append("      \(note)".shownOnOneLine) }
        }
        return lines
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
