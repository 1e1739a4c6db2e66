import Foundation

/// The files of the folder `Page`, which the build puts into the program, so that a server is one file.
enum PageFiles {
    private static let style = [
        PackageResources.base_css, PackageResources.cards_css, PackageResources.controls_css,
        PackageResources.dialogs_css,
    ].map(text).joined(separator: "\n")

    /// The script: the files in a function of their own; the last one calls what the others define.
    private static let script = "\"use strict\";\n(() => {\n\(scripts.map(text).joined(separator: "\n"))\n})();"

    private static let scripts = [
        PackageResources.address_js, PackageResources.by_picture_js, PackageResources.camera_js,
        PackageResources.cards_js, PackageResources.elements_js, PackageResources.facets_js,
        PackageResources.filters_js, PackageResources.for_you_js, PackageResources.list_js,
        PackageResources.pictures_js, PackageResources.product_js, PackageResources.reasons_js,
        PackageResources.requests_js, PackageResources.sliders_js, PackageResources.visit_js,
        PackageResources.wording_js, PackageResources.shop_js,
    ]

    /// Allows this style and this script, and nothing from anywhere else.
    static let contentPolicy = """
        default-src 'none'; script-src \(source(script)); style-src \(source(style)); \
        img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
        frame-ancestors 'none'
        """

    /// The document with style, script and data in it, so that the first view takes one request beside pictures.
    static func document(data json: String) -> String {
        // A `<` could end the element; in JSON it stands in texts only.
        let data = json.replacing("<", with: "\\u003c")
        return "\(parts[0])<script type=\"application/json\" id=\"data\">\(data)</script>\(parts[1])"
    }

    /// What stands before the data and after it.
    private static let parts = text(PackageResources.index_html)
        .replacing("<!--style-->", with: "<style>\(style)</style>")
        .replacing("<!--script-->", with: "<script>\(script)</script>")
        .split(separator: "<!--data-->")

    private static func source(_ text: String) -> String {
        "'sha256-\(Data(SHA256.digest(of: Array(text.utf8))).base64EncodedString())'"
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
