/// The files of the folder `Page`, which the build puts into the program, so that the program needs no file beside it.
package enum PageFiles {
    static let page = PageTemplate(text(PackageResources.gallery_html))
    static let tuner = PageTemplate(text(PackageResources.tuner_html))
    static let row = PageTemplate(text(PackageResources.row_html))
    static let query = PageTemplate(text(PackageResources.query_html))
    static let strip = PageTemplate(text(PackageResources.strip_html))
    static let card = PageTemplate(text(PackageResources.card_html))
    static let picture = PageTemplate(text(PackageResources.picture_html))
    static let noPicture = text(PackageResources.no_picture_html)

    /// The style sheets, in order.
    ///
    /// Text colours keep a contrast of 4.5 to 1 or more with their ground, in light and in dark.
    static let styles = [text(PackageResources.gallery_css), text(PackageResources.tuner_css)]

    /// The script, in a function of its own.
    ///
    /// It holds no data and writes text only as text.
    package static let script = """
        "use strict";
        (() => {
        \(indented(PackageResources.scoring_js))

        \(indented(PackageResources.cards_js))

        \(indented(PackageResources.reasons_js))
        \(indented(PackageResources.tuner_js))
        })();
        """

    private static func indented(_ bytes: [UInt8]) -> String {
        text(bytes).split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : "  \($0)" }
            .joined(separator: "\n")
    }

    /// The text of a file without its last line break.
    private static func text(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
