extension ProductCard {
    /// The card of the product that a row is about.
    ///
    /// `anchor` becomes the identifier of its heading.
    func queryHTML(anchor: String) -> String {
        PageFiles.query.filled([
            "id": .text(id),
            "picture": .html(pictureHTML),
            "anchor": .text(anchor),
            "title": .text(displayTitle),
            "attributes": .html(attributesHTML(comparedWith: nil)),
        ])
    }

    /// The picture, which the style sheet holds once for all the cards that show it.
    var pictureHTML: String {
        guard let picture else { return PageFiles.noPicture }
        return PageFiles.picture.filled(["number": .number(picture), "title": .text(displayTitle)])
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
