import Foundation
import RecCore
import Testing
import rec_demo

/// Runs the tests in the folder `Script`, which are in JavaScript, on the files of the page and on pages made here.
@Suite struct `The files of the gallery's script` {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent()
        .appending(path: "../Script")
        .standardizedFileURL

    @Test func `the page runs the files that these tests read, and no others`() throws {
        let page = ScriptedGallery(seed: 1).page.html
        let script = try #require(
            page.firstMatch(
                of: /<script>\n"use strict";\n\(\(\) => \{\n(.*)\n\}\)\(\);\n<\/script>/.dotMatchesNewlines()
            )
        )
        var rest = "\(script.1)\n"
        for name in Self.names(in: PageSource.folder, ending: ".js") {
            let text = try PageSource.text(name)
            #expect(rest.contains(text), "\(name)")
            rest = rest.replacingOccurrences(of: text, with: "")
        }
        #expect(rest.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty)
    }

    @Test(.enabled(if: Node.isInstalled, "Node.js 18 is not installed"))
    func `their tests in JavaScript hold`() throws {
        let tests = Self.names(in: Self.folder, ending: ".test.js")
        try #require(tests.contains("page.test.js"))
        let pages = FileManager.default.temporaryDirectory.appending(path: "gallery-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: pages, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: pages) }
        let gallery = ScriptedGallery(seed: 14)
        try gallery.page.html.write(to: pages.appending(path: "gallery.html"), atomically: true, encoding: .utf8)
        try JSONEncoder().encode(gallery.expected()).write(to: pages.appending(path: "expected.json"))
        try oneBlock.html.write(to: pages.appending(path: "one-block.html"), atomically: true, encoding: .utf8)
        try Node.run(
            ["--test"] + tests.map { Self.folder.appending(path: $0).path },
            environment: ["GALLERY_PAGES": pages.path]
        )
    }

    /// A page on which there is nothing to weigh.
    private var oneBlock: GalleryPage {
        let card = ProductCard(id: "a", title: "", attributes: [], picture: nil)
        let neighbor = NeighborCard(product: card, imageCosine: 0.5, metadataCosine: nil, attributeParts: [])
        return GalleryPage(
            title: "Pictures alone",
            subtitle: "",
            facts: [],
            scale: WeightScale(start: 1, space: .init(blocks: [SmallCatalogue.space.blocks[0]])),
            rows: [GalleryRow(query: card, pool: [neighbor], count: 3)],
            pictures: []
        )
    }

    private static func names(in folder: URL, ending suffix: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(suffix) }.sorted()
    }
}
