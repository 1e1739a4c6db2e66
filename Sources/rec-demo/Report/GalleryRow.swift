/// A product and what is most like it, at every image weight that can be chosen.
package struct GalleryRow: Sendable {
    /// The product that the row is about.
    let query: ProductCard

    /// Every product that is among the nearest at some weight, ascending by identifier.
    let pool: [NeighborCard]

    /// How many of the pool are shown.
    let count: Int

    /// Creates a row.
    package init(query: ProductCard, pool: [NeighborCard], count: Int) {
        self.query = query
        self.pool = pool
        self.count = count
    }

    /// The row as a section of the page.
    ///
    /// Those of the pool that are not among the nearest at the starting weight come last, hidden. `number` counts from 1
    /// and must differ between rows.
    package func html(number: Int, imageWeight: Double) -> String {
        let scores = pool.map { $0.score(imageWeight: imageWeight) }
        let ranked = pool.indices.filter { scores[$0] != nil }
            .sorted { (scores[$1] ?? 0, $0) < (scores[$0] ?? 0, $1) }
            .prefix(count)
        let others = pool.indices.filter { !ranked.contains($0) }
        let cards = (ranked + others).enumerated().map { rank, position in
            pool[position].html(
                rank: rank < ranked.count ? rank + 1 : nil,
                order: position,
                anchor: "why-\(number)-\(position + 1)",
                query: query,
                imageWeight: imageWeight
            )
        }
        return PageFiles.row.filled([
            "anchor": .text("row-\(number)"),
            "count": .number(count),
            "query": .html(query.queryHTML(anchor: "row-\(number)")),
            "hidden": .html(ranked.isEmpty ? "" : " hidden"),
            "condition": .text(pool.isEmpty ? "" : " at these weights"),
            "strip": .html(pool.isEmpty ? "" : stripHTML(cards)),
        ])
    }

    private func stripHTML(_ cards: [String]) -> String {
        PageFiles.strip.filled(["title": .text(query.displayTitle), "cards": .html(cards.joined(separator: "\n"))])
    }
}
