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
        let styles = [Self.style, Self.tunerStyle, pictureStyle].map { "\n\($0)\n" }
        let script = "\n\(Self.script)\n"
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\
            \(ContentPolicy.allowing(scripts: [script], styles: styles))">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(HTML.escaped(title))</title>
            \(styles.map { "<style>\($0)</style>" }.joined(separator: "\n"))
            </head>
            <body>
            <header>
            <p class="kicker">Similar products</p>
            <h1>\(HTML.escaped(title))</h1>
            <p class="lead">\(HTML.escaped(subtitle))</p>
            \(Self.legend)
            </header>
            \(tunerHTML)
            <main>
            \(rows.joined(separator: "\n"))
            </main>
            <footer>
            \(factsHTML)
            </footer>
            <script>\(script)</script>
            </body>
            </html>

            """
    }

    /// The slider, which the script shows; none when there is nothing to choose.
    private var tunerHTML: String {
        guard scale.isChoice else { return "" }
        let image = Int((scale.startingWeight * 100).rounded())
        return """
            <section class="tuner" id="tuner" aria-label="Weights" hidden>
            <label for="weight">What should count?</label>
            <p class="side image-side" aria-hidden="true">Picture <b id="image-share">\(image) %</b></p>
            <input type="range" id="weight" min="0" max="\(scale.imageWeights.count - 1)" step="1" value="\(scale.start)" \
            autocomplete="off" aria-valuetext="picture \(image) %, attributes \(100 - image) %" aria-describedby="change" \
            data-weights="\(scale.imageWeights.map { "\($0)" }.joined(separator: " "))">
            <p class="side attribute-side" aria-hidden="true"><b id="attribute-share">\(100 - image) %</b> Attributes</p>
            <p class="change" id="change" role="status" aria-live="polite">Move the slider to rank every row anew.</p>
            <button type="button" id="reset" disabled>Start again</button>
            </section>
            """
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

    private static let legend = """
        <section class="legend" aria-label="How to read the scores">
        <p><span class="key image" aria-hidden="true"></span>the picture’s part of the score</p>
        <p><span class="key attribute" aria-hidden="true"></span>the attributes’ part</p>
        <p><span class="key tick" aria-hidden="true"></span>an attribute both products share</p>
        <p>A full bar is a score of 1: as alike as can be.</p>
        </section>
        """
}
