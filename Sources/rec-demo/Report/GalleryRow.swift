/// A product and what is most like it.
struct GalleryRow: Sendable {
    /// The product that the row is about.
    let query: ProductCard

    /// Its neighbours, nearest first.
    let neighbors: [ProductCard]

    /// The row as a section of the page.
    ///
    /// `number` counts from 1 and must differ between rows.
    func html(number: Int) -> String {
        let cards = neighbors.enumerated().map { $0.element.neighborHTML(rank: $0.offset + 1, query: query) }
        let strip =
            cards.isEmpty
            ? "<p class=\"nothing\">Nothing in this catalogue can be compared with it.</p>"
            : """
            <div class="strip" role="region" tabindex="0" aria-label="Similar to \(HTML.escaped(query.displayTitle))">
            <ol>
            \(cards.joined(separator: "\n"))
            </ol>
            </div>
            """
        return """
            <section class="row" aria-labelledby="row-\(number)">
            \(query.queryHTML(anchor: "row-\(number)"))
            \(strip)
            </section>
            """
    }
}
