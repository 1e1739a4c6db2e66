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
        let cosines = [("image", imageCosine), ("metadata", metadataCosine)]
            .compactMap { name, value in value.map { " data-\(name)=\"\($0)\"" } }.joined()
        let title = HTML.escaped(product.displayTitle)
        return """
            <li\(rank == nil ? " hidden" : "")><article class="card" data-id="\(HTML.escaped(product.id))" \
            data-order="\(order)"\(cosines)>
            \(product.pictureHTML)
            <h3><span class="rank"><span class="unseen">Rank </span><b>\(rank.map(String.init) ?? "")</b></span> \
            \(title) <span class="move"></span></h3>
            \(scoreHTML(imageWeight: imageWeight))
            \(product.attributesHTML(comparedWith: query))
            <button type="button" class="why" popovertarget="\(anchor)" aria-describedby="\(anchor)">\
            <span class="chip">Why<span class="unseen"> is \(title) shown</span>?</span></button>
            \(reasonsHTML(anchor: anchor, query: query, imageWeight: imageWeight))
            </article></li>
            """
    }

    /// The score in figures, as a bar that is full at 1, and the parts of the blocks in words.
    private func scoreHTML(imageWeight: Double) -> String {
        let shares = shares(imageWeight: imageWeight) ?? (0, 0)
        let image = imageCosine.map { ("image", "picture", shares.image * $0) }
        let metadata = metadataCosine.map { ("metadata", "attributes", shares.metadata * $0) }
        let sum = [image, metadata].compactMap(\.self).enumerated().map { position, part in
            "<span>\(position > 0 ? "+ " : "")\(part.1) <b data-of=\"\(part.0)\">\(HTML.decimal(part.2))</b></span>"
        }
        return """
            <div class="score">
            <p class="value"><span class="unseen">Score </span><b>\(HTML.decimal(score(imageWeight: imageWeight) ?? 0))</b></p>
            \(HTML.bar([("image", image?.2 ?? 0), ("attribute", metadata?.2 ?? 0)]))
            <p class="parts">\(sum.joined(separator: " "))</p>
            </div>
            """
    }

    /// Why the product is there: what the picture and each attribute add to the score.
    private func reasonsHTML(anchor: String, query: ProductCard, imageWeight: Double) -> String {
        let shares = shares(imageWeight: imageWeight) ?? (0, 0)
        var items = imageCosine.map { [item("picture", kind: "image", part: $0, share: shares.image)] } ?? []
        items += attributeParts.map { part in
            let text = HTML.escaped(reason(part, query: query))
            return item(text, kind: part.value == 0 ? "nil" : "attribute", part: part.value, share: shares.metadata)
        }
        return """
            <div class="reasons" popover id="\(anchor)"><p class="kicker">Why \
            <span class="score-again">\(HTML.decimal(score(imageWeight: imageWeight) ?? 0))</span><span class="unseen">: \
            </span></p><ul>\(items.joined())</ul></div>
            """
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
