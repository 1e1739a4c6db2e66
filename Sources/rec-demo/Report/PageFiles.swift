/// The files of the folder `Page`, which the build puts into the program, so that the program needs no file beside it.
enum PageFiles {
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

    /// The script: the files in a function of their own.
    ///
    /// It holds no data and writes text only as text.
    static let script = """
        "use strict";
        (() => {
        \(scripts.joined(separator: "\n\n"))
        })();
        """

    /// The files of the script; the last one calls what the others define.
    private static let scripts = [
        text(PackageResources.scoring_js),
        text(PackageResources.wording_js),
        text(PackageResources.scale_js),
        text(PackageResources.cards_js),
        text(PackageResources.rows_js),
        text(PackageResources.motion_js),
        text(PackageResources.reasons_js),
        text(PackageResources.tuner_js),
        text(PackageResources.gallery_js),
    ]

    /// The text of a file without its last line break.
    private static func text(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
