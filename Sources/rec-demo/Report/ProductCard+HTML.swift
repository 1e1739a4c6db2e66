extension ProductCard {
    /// The card of the product that a row is about.
    ///
    /// `anchor` becomes the identifier of its heading.
    func queryHTML(anchor: String) -> String {
        """
        <article class="query" data-id="\(HTML.escaped(id))">
        \(pictureHTML)
        <div class="words">
        <p class="kicker">You are looking at</p>
        <h2 id="\(anchor)">\(HTML.escaped(displayTitle))</h2>
        \(attributesHTML(comparedWith: nil))
        <p class="id">No. \(HTML.escaped(id))</p>
        </div>
        </article>
        """
    }

    /// The picture, which the style sheet holds once for all the cards that show it.
    var pictureHTML: String {
        guard let picture else {
            return """
                <div class="picture none"><svg viewBox="0 0 24 24" aria-hidden="true"><rect x="3.5" y="4.5" width="17" \
                height="15" rx="1.5"/><circle cx="9" cy="10" r="1.6"/><path d="M4 17l5-4 3.5 2.5L16 12l4.5 4M3 3l18 18"/>\
                </svg><p>No picture</p></div>
                """
        }
        return """
            <div class="picture p\(picture)" role="img" aria-label="Picture of \(HTML.escaped(displayTitle))"></div>
            """
    }

    /// The attributes as a list; those that equal the query's are marked, in words for those who do not see the mark.
    func attributesHTML(comparedWith query: ProductCard?) -> String {
        let items = attributes.filter { !$0.text.isEmpty }.map { attribute in
            let label = HTML.escaped(HTML.words(attribute.label))
            let same = query?.attributes.contains(attribute) ?? false
            return """
                <li\(same ? " class=\"same\"" : "")>\
                <span class="unseen">\(same ? "same " : "")\(label): </span>\(HTML.escaped(attribute.text))</li>
                """
        }
        return items.isEmpty ? "" : "<ul class=\"attributes\">\(items.joined())</ul>"
    }
}
