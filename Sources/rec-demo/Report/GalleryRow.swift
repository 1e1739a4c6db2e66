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
        let strip = """
            <div class="strip" role="region" tabindex="0" aria-label="Similar to \(HTML.escaped(query.displayTitle))">
            <ol>
            \(cards.joined(separator: "\n"))
            </ol>
            </div>
            """
        return """
            <section class="row" aria-labelledby="row-\(number)" data-count="\(count)">
            \(query.queryHTML(anchor: "row-\(number)"))
            <div class="answer">
            <p class="nothing"\(ranked.isEmpty ? "" : " hidden")>Nothing in this catalogue can be compared with it\
            \(pool.isEmpty ? "" : " at these weights").</p>
            \(pool.isEmpty ? "" : strip)
            </div>
            </section>
            """
    }
}
