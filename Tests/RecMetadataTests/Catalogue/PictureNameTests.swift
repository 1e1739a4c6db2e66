import Foundation
import RecCore
import RecMetadata
import Testing

@Suite struct `The names of picture files` {
    private static let composed = "caf\u{E9}"
    private static let decomposed = "cafe\u{301}"

    private static func catalogue(ids: [String], files: [String], in folder: TemporaryFolder) throws -> Catalogue {
        try folder.write("id,gender\n" + ids.map { "\($0),Men\n" }.joined(), to: "styles.csv")
        try folder.write("", to: "images/other.txt")
        for file in files { try folder.write("", to: "images/\(file)") }
        return try KaggleCatalogue(path: folder.path).read()
    }

    /// The names of the products' pictures as bytes, so that no two forms are equal.
    private static func names(of catalogue: Catalogue) -> [[UInt8]?] {
        catalogue.products.map { $0.picture.map { Array($0.utf8.split(separator: UInt8(ascii: "/")).last ?? []) } }
    }

    @Test(arguments: [[composed, decomposed], [decomposed, composed]])
    func `are compared byte for byte, so that both Unicode forms get their own`(ids: [String]) throws {
        let folder = try TemporaryFolder()
        let catalogue = try Self.catalogue(
            ids: ids,
            files: [Self.composed + ".jpg", Self.decomposed + ".jpg"],
            in: folder
        )
        #expect(Self.names(of: catalogue) == ids.map { Array("\($0).jpg".utf8) })
        #expect(catalogue.report.missingPictures.isEmpty)
    }

    @Test(arguments: [(composed, decomposed), (decomposed, composed)])
    func `may differ in the Unicode form when no other can be meant`(id: String, file: String) throws {
        let folder = try TemporaryFolder()
        let catalogue = try Self.catalogue(ids: [id, "2"], files: ["\(file).jpg", "2.jpg"], in: folder)
        #expect(Self.names(of: catalogue) == [Array("\(file).jpg".utf8), Array("2.jpg".utf8)])
    }

    @Test func `are nobody's twice: the product of the other form has none`() throws {
        let folder = try TemporaryFolder()
        let ids = [Self.composed, Self.decomposed]
        let catalogue = try Self.catalogue(ids: ids, files: ["\(Self.composed).jpg"], in: folder)
        #expect(Self.names(of: catalogue) == [Array("\(Self.composed).jpg".utf8), nil])
        #expect(catalogue.report.missingPictures.count == 1)
    }

    @Test func `are reported when it is not clear which is meant`() throws {
        // Three marks in another order, and one of the products that could have either.
        let forms = ["o\u{323}\u{302}", "o\u{302}\u{323}", "\u{1ED9}"]
        let folder = try TemporaryFolder()
        let catalogue = try Self.catalogue(ids: [forms[2]], files: ["\(forms[0]).jpg", "\(forms[1]).jpg"], in: folder)
        #expect(catalogue.products.map(\.picture) == [nil])
        #expect(catalogue.report.missingPictures.listed[0].message.contains("Unicode form"))
    }

    @Test func `may have any extension of pictures, and the best of several counts`() throws {
        let folder = try TemporaryFolder()
        let order = ["jpg", "jpeg", "jpe", "jfif", "pjpeg", "pjp", "png", "webp", "avif", "heic", "heif"]
        let ids = order.indices.map { "p\($0)" }
        var files: [String] = []
        // Product n has the n-th extension and all after it.
        for (index, id) in ids.enumerated() { files += order[index...].map { "\(id).\($0.uppercased())" } }
        let catalogue = try Self.catalogue(ids: ids, files: files, in: folder)
        #expect(catalogue.products.map { $0.picture?.split(separator: ".").last?.lowercased() } == order)
    }

    @Test func `that macOS and notebooks leave behind are left out`() throws {
        let folder = try TemporaryFolder()
        for copy in ["__MACOSX/styles.csv", ".ipynb_checkpoints/styles.csv", ".Trash/styles.csv"] {
            try folder.write("id\nwrong\n", to: copy)
        }
        try folder.write("id,gender\n1,Men\n._1,Men\n", to: "fashion/styles.csv")
        for file in ["1.jpg", "._1.jpg", ".ipynb_checkpoints/1.jpg"] {
            try folder.write("", to: "fashion/images/\(file)")
        }
        let catalogue = try KaggleCatalogue(path: folder.path).read()
        #expect(catalogue.products.map(\.id) == ["1", "._1"])
        #expect(catalogue.products.map { $0.picture?.hasSuffix("/images/1.jpg") } == [true, nil])
    }
}

@Suite struct `Hints about pictures that products lack` {
    private static func notices(ids: [String], files: [String]) throws -> CatalogueIssues {
        let folder = try TemporaryFolder()
        try folder.write("id,gender\n" + ids.map { "\($0),Men\n" }.joined(), to: "styles.csv")
        for file in files { try folder.write("", to: "images/\(file)") }
        let catalogue = try KaggleCatalogue(path: folder.path).read()
        #expect(catalogue.products.compactMap(\.picture).count == ids.count - catalogue.report.missingPictures.count)
        return catalogue.report.notices
    }

    @Test func `say that leading zeros were lost`() throws {
        let notices = try Self.notices(ids: ["108775044", "7", "8"], files: ["0108775044.jpg", "007.jpg", "8.jpg"])
        #expect(notices.listed.map(\.kind.rawValue) == ["lost-zeros"])
        #expect(notices.listed[0].message.hasPrefix("2 products"))
        #expect(notices.listed[0].message.contains("108775044 and 0108775044"))
    }

    @Test func `say that pictures lie in folders within the folder`() throws {
        let notices = try Self.notices(ids: ["a", "b", "c"], files: ["x/a.jpg", "x/y/b.png", "c.jpg", "z/other.jpg"])
        #expect(notices.listed.map(\.kind.rawValue) == ["nested-pictures"])
        #expect(notices.listed[0].message.hasPrefix("2 products"))
        #expect(notices.listed[0].message.contains("a and x/a.jpg"))
    }

    @Test func `say both where both are so`() throws {
        let notices = try Self.notices(
            ids: ["108775015", "108775044"],
            files: ["010/0108775015.jpg", "0108775044.jpg"]
        )
        #expect(notices.listed.map(\.kind.rawValue) == ["lost-zeros", "nested-pictures"])
        #expect(notices.listed[0].message.hasPrefix("2 products"))
        #expect(notices.listed[1].message.hasPrefix("1 products"))
    }

    @Test func `are silent when there is nothing to say`() throws {
        #expect(try Self.notices(ids: ["1", "2"], files: ["1.jpg", "3.jpg", ".x/2.jpg", "__MACOSX/2.jpg"]).isEmpty)
    }
}
