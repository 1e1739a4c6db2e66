#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

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

    /// The card of a neighbour.
    ///
    /// The cosines stand in `data-image` and `data-metadata`, in full precision.
    func neighborHTML(rank: Int, query: ProductCard) -> String {
        let cosines = [("score", score), ("image", imageCosine), ("metadata", metadataCosine)]
            .compactMap { name, value in value.map { " data-\(name)=\"\($0)\"" } }.joined()
        return """
            <li><article class="card" data-id="\(HTML.escaped(id))"\(cosines)>
            \(pictureHTML)
            <h3><span class="rank"><span class="unseen">Rank </span>\(rank)</span> \(HTML.escaped(displayTitle))</h3>
            \(scoreHTML)
            \(attributesHTML(comparedWith: query))
            </article></li>
            """
    }

    private var pictureHTML: String {
        guard let thumbnail else {
            return """
                <div class="picture none"><svg viewBox="0 0 24 24" aria-hidden="true"><rect x="3.5" y="4.5" width="17" \
                height="15" rx="1.5"/><circle cx="9" cy="10" r="1.6"/><path d="M4 17l5-4 3.5 2.5L16 12l4.5 4M3 3l18 18"/>\
                </svg><p>No picture</p></div>
                """
        }
        return """
            <div class="picture"><img src="data:image/jpeg;base64,\(Data(thumbnail).base64EncodedString())" \
            alt="Picture of \(HTML.escaped(displayTitle))" loading="lazy" decoding="async"></div>
            """
    }

    /// The score in figures, as a bar that is full at 1, and its parts in words.
    private var scoreHTML: String {
        guard let score else { return "" }
        let bar = parts.filter { $0.value > 0 }.map { part in
            let width = HTML.decimal(min(part.value, 1) * 100)
            return "<span class=\"\(part.isImage ? "image" : "attribute")\" style=\"width:\(width)%\"></span>"
        }
        let sum = parts.enumerated().map { position, part in
            "<span>\(position > 0 ? "+ " : "")\(HTML.escaped(part.label)) <b>\(HTML.decimal(part.value))</b></span>"
        }
        return """
            <div class="score">
            <p class="value"><span class="unseen">Score </span>\(HTML.decimal(score))</p>
            <div class="bar" aria-hidden="true">\(bar.joined())</div>
            <p class="parts">\(sum.joined(separator: " "))</p>
            </div>
            """
    }

    /// The attributes as a list; those that equal the query's are marked, in words for those who do not see the mark.
    private func attributesHTML(comparedWith query: ProductCard?) -> String {
        let items = attributes.filter { !$0.text.isEmpty }.map { attribute in
            let label = HTML.escaped(HTML.words(attribute.label))
            let same = query?.attributes.contains(attribute) ?? false
            return """
                <li\(same ? " class=\"same\"" : "") title="\(same ? "same " : "")\(label)">\
                <span class="unseen">\(same ? "same " : "")\(label): </span>\(HTML.escaped(attribute.text))</li>
                """
        }
        return items.isEmpty ? "" : "<ul class=\"attributes\">\(items.joined())</ul>"
    }
}
