import RecCore
import Testing
import rec_demo

@Suite struct `The gallery page` {
    private let query = ProductCard(id: "a", title: "Shirt", attributes: [LabeledText("gender", "Men")], picture: nil)

    private func neighbor(_ id: String, title: String = "", image: Double?, metadata: Double?) -> NeighborCard {
        let product = ProductCard(id: id, title: title, attributes: [LabeledText("gender", "Men")], picture: nil)
        let parts = metadata.map { [ScorePart(.attribute("gender"), value: $0, shared: ["Men"])] } ?? []
        return NeighborCard(product: product, imageCosine: image, metadataCosine: metadata, attributeParts: parts)
    }

    @Test func `titles and identifiers of a catalogue stay text`() {
        let evil = neighbor("\"><b>", title: "<script>'&", image: 0.5, metadata: nil)
        let html = evil.html(rank: 1, order: 0, anchor: "why-1-1", query: query, imageWeight: 0.8)
        #expect(html.contains(#"data-id="&quot;&gt;&lt;b&gt;""#))
        #expect(html.contains("&lt;script&gt;&#39;&amp;"))
        #expect(!html.contains("<script"))
    }

    @Test func `a card carries its numbers in full, and shows them rounded`() {
        let html = neighbor("b", image: 0.1 + 0.2, metadata: 0.75)
            .html(rank: 1, order: 3, anchor: "why", query: query, imageWeight: 0.5)
        #expect(html.contains(#"data-order="3" data-image="0.30000000000000004" data-metadata="0.75""#))
        #expect(html.contains("<b>0.53</b>"), "half of 0.3 and half of 0.75 is 0.525")
        #expect(html.contains(#"<b data-of="image">0.15</b>"#))
        #expect(html.contains(#"<b data-of="metadata">0.38</b>"#))
    }

    @Test func `a row shows the nearest, ties by order, and hides the rest`() {
        let pool = [
            neighbor("b", image: 0.5, metadata: 0.5), neighbor("c", image: nil, metadata: 0.75),
            neighbor("d", image: 0.75, metadata: nil), neighbor("e", image: nil, metadata: nil),
        ]
        let html = GalleryRow(query: query, pool: pool, count: 2).html(number: 1, imageWeight: 0.5)
        let cards = html.matches(of: /<li( hidden)?><article class="card" data-id="(.)"/)
        #expect(cards.map { "\($0.2)" } == ["c", "d", "b", "e"])
        #expect(cards.map { $0.1 != nil } == [false, false, true, true])
    }

    @Test func `a block without weight gives no score`() {
        let card = neighbor("b", image: nil, metadata: 0.75)
        #expect(card.score(imageWeight: 1) == nil)
        #expect(card.shares(imageWeight: 1) == nil)
        #expect(card.score(imageWeight: 0) == 0.75)
    }

    @Test(arguments: ["gallery.css", "tuner.css"])
    func `the style sheets of the page are the files in the source tree`(name: String) throws {
        let scale = WeightScale(start: 0.8, space: SmallCatalogue.space)
        let page = GalleryPage(title: "", subtitle: "", facts: [], scale: scale, rows: [], pictures: [])
        #expect(page.html.contains("<style>\n\(try PageSource.text(name))</style>"))
    }
}
