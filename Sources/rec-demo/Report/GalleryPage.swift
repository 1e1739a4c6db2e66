#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A self-contained HTML page that shows products beside what is most like them, at any weight of picture and attributes.
///
/// The page needs no network and forbids itself any; pictures are inlined, once each. Every card carries the numbers that
/// its score is made of, and a script, the only one that the policy lets run, ranks the rows anew when the reader moves the
/// slider. Without scripts the rows are those of the starting weight. The same value always gives the same text.
///
/// ```swift
/// let page = GalleryPage(
///     title: "Sample catalogue",
///     subtitle: "187 products, each beside those most like it",
///     facts: [LabeledText("Index", "sample.recindex"), LabeledText("Weights", "image 0.5, metadata 0.5")],
///     scale: WeightScale(start: 0.5, space: index.space),
///     rows: [GalleryRow(query: shirt, pool: similar, count: 8)],
///     pictures: pictures
/// )
/// try page.html.write(to: file, atomically: true, encoding: .utf8)
/// ```
package struct GalleryPage: Sendable {
    /// The heading of the page.
    let title: String

    /// One sentence under the heading.
    let subtitle: String

    /// Facts about the index: its file, the number of products, the recipe, the weights.
    let facts: [LabeledText]

    /// The weights that the reader can choose from.
    let scale: WeightScale

    /// The rows, in order.
    let rows: [GalleryRow]

    /// The pictures that cards name by their position: small upright JPEG files, shown in frames of 3:4.
    let pictures: [[UInt8]]

    /// Creates a page.
    package init(
        title: String,
        subtitle: String,
        facts: [LabeledText],
        scale: WeightScale,
        rows: [GalleryRow],
        pictures: [[UInt8]]
    ) {
        self.title = title
        self.subtitle = subtitle
        self.facts = facts
        self.scale = scale
        self.rows = rows
        self.pictures = pictures
    }

    /// The page as UTF-8 text.
    package var html: String {
        let rows = rows.enumerated()
            .map { $0.element.html(number: $0.offset + 1, imageWeight: scale.startingWeight) }
        let styles = (PageFiles.styles + [pictureStyle]).map { "\n\($0)\n" }
        let script = "\n\(PageFiles.script)\n"
        return PageFiles.page.filled([
            "policy": .html(ContentPolicy.allowing(scripts: [script], styles: styles)),
            "title": .text(title),
            "subtitle": .text(subtitle),
            "styles": .html(styles.map { "<style>\($0)</style>" }.joined(separator: "\n")),
            "tuner": .html(tunerHTML),
            "rows": .html(rows.joined(separator: "\n")),
            "facts": .html(factsHTML),
            "script": .html("<script>\(script)</script>"),
        ]) + "\n"
    }

    /// The slider, which the script shows; none when there is nothing to choose.
    private var tunerHTML: String {
        guard scale.isChoice else { return "" }
        let image = Int((scale.startingWeight * 100).rounded())
        return PageFiles.tuner.filled([
            "image": .number(image),
            "attributes": .number(100 - image),
            "start": .number(scale.start),
            "last": .number(scale.imageWeights.count - 1),
            "weights": .text(scale.imageWeights.map { "\($0)" }.joined(separator: " ")),
        ])
    }

    private var pictureStyle: String {
        pictures.enumerated()
            .map { ".p\($0) { background-image: url(data:image/jpeg;base64,\(Data($1).base64EncodedString())); }" }
            .joined(separator: "\n")
    }

    private var factsHTML: String {
        let items = facts.map { "<div><dt>\(HTML.escaped($0.label))</dt><dd>\(HTML.escaped($0.text))</dd></div>" }
        return items.isEmpty ? "" : "<dl>\(items.joined())</dl>"
    }
}
