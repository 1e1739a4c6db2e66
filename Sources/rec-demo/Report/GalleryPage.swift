/// A self-contained HTML page that shows products beside what is most like them.
///
/// The page needs no network and forbids itself any; pictures are inlined. The same value always gives the same text.
///
/// ```swift
/// let page = GalleryPage(
///     title: "Sample catalogue",
///     subtitle: "187 products, each beside those most like it",
///     facts: [LabeledText("Index", "sample.recindex"), LabeledText("Weights", "image 0.5, metadata 0.5")],
///     rows: [GalleryRow(query: shirt, neighbors: similar)]
/// )
/// try page.html.write(to: file, atomically: true, encoding: .utf8)
/// ```
struct GalleryPage: Sendable {
    /// The heading of the page.
    let title: String

    /// One sentence under the heading.
    let subtitle: String

    /// Facts about the index: its file, the number of products, the recipe, the weights.
    let facts: [LabeledText]

    /// The rows, in order.
    let rows: [GalleryRow]

    /// The page as UTF-8 text.
    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
        style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(HTML.escaped(title))</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        <header>
        <p class="kicker">Similar products</p>
        <h1>\(HTML.escaped(title))</h1>
        <p class="lead">\(HTML.escaped(subtitle))</p>
        \(Self.legend)
        </header>
        <main>
        \(rows.enumerated().map { $0.element.html(number: $0.offset + 1) }.joined(separator: "\n"))
        </main>
        <footer>
        \(factsHTML)
        </footer>
        </body>
        </html>

        """
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
