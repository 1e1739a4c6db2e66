import RecCore

extension NeighborCard {
    /// The card as an item of its row's list.
    ///
    /// It carries what its score is made of, in full precision, so that the page can rank anew: the cosines in `data-image`
    /// and `data-metadata`, what each attribute adds to the latter in `data-part`, and in `data-order` the place among
    /// products of the same score.
    ///
    /// - Parameters:
    ///   - rank: The rank, from 1, or `nil` for a card that starts hidden.
    ///   - order: The position in the pool.
    ///   - anchor: An identifier that no other element has.
    ///   - query: What the row is about.
    ///   - imageWeight: The weight that the page starts with.
    /// - Returns: A list item.
    package func html(rank: Int?, order: Int, anchor: String, query: ProductCard, imageWeight: Double) -> String {
        let shares = shares(imageWeight: imageWeight) ?? (0, 0)
        let parts = (image: shares.image * (imageCosine ?? 0), metadata: shares.metadata * (metadataCosine ?? 0))
        let card = PageFiles.card.filled([
            "id": .text(product.id),
            "order": .number(order),
            "cosines": .html(cosinesHTML),
            "picture": .html(product.pictureHTML),
            "rank": .text(rank.map(String.init) ?? ""),
            "title": .text(product.displayTitle),
            "score": .text(HTML.decimal(score(imageWeight: imageWeight) ?? 0)),
            "bar": .html(HTML.bar([("image", parts.image), ("attribute", parts.metadata)])),
            "parts": .html(partsHTML(image: parts.image, metadata: parts.metadata)),
            "attributes": .html(product.attributesHTML(comparedWith: query)),
            "anchor": .text(anchor),
            "reasons": .html(reasonsHTML(query: query, shares: shares)),
        ])
        return "<li\(rank == nil ? " hidden" : "")>\(card)</li>"
    }

    /// The cosines as attributes, of the blocks that both sides have.
    private var cosinesHTML: String {
        [("image", imageCosine), ("metadata", metadataCosine)]
            .compactMap { name, value in value.map { " data-\(name)=\"\($0)\"" } }
            .joined()
    }

    /// What each block adds to the score, in words and figures.
    private func partsHTML(image: Double, metadata: Double) -> String {
        let image = imageCosine.map { _ in ("image", "picture", image) }
        let metadata = metadataCosine.map { _ in ("metadata", "attributes", metadata) }
        return [image, metadata].compactMap(\.self).enumerated()
            .map { position, part in
                "<span>\(position > 0 ? "+ " : "")\(part.1) <b data-of=\"\(part.0)\">\(HTML.decimal(part.2))</b></span>"
            }
            .joined(separator: " ")
    }

    /// Why the product is there: what the picture and each attribute add to the score.
    private func reasonsHTML(query: ProductCard, shares: (image: Double, metadata: Double)) -> String {
        let image = imageCosine.map { [item("picture", kind: "image", part: $0, share: shares.image)] } ?? []
        let attributes = attributeParts.map { part in
            let text = HTML.escaped(reason(part, query: query))
            return item(text, kind: part.value == 0 ? "nil" : "attribute", part: part.value, share: shares.metadata)
        }
        return (image + attributes).joined()
    }

    private func item(_ text: String, kind: String, part: Double, share: Double) -> String {
        """
        <li class="\(kind)" data-part="\(part)"><span>\(text)</span> <b>\(HTML.signed(share * part))</b>\
        \(HTML.bar([(kind == "image" ? "image" : "attribute", share * part)]))<span class="unseen">, </span></li>
        """
    }

    /// What an attribute's part says, in words.
    private func reason(_ part: ScorePart, query: ProductCard) -> String {
        let name = HTML.words(part.name)
        guard part.shared.isEmpty else { return "same \(name) (\(part.shared.joined(separator: ", ")))" }
        let mine = product.attributes.first { $0.label == part.name }
        let wanted = query.attributes.first { $0.label == part.name }
        switch (mine, wanted, part.value == 0) {
        case (nil, nil, _): return "\(name) unknown of both"
        case (_, _, false): return "\(name) rare on both"
        case (let mine?, _?, true): return "\(name) differs (\(mine.text))"
        default: return "\(name) unknown"
        }
    }
}
