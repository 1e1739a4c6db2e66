import RecCore
import RecMetadata
import Testing

@Suite struct `Reading the Kaggle layout` {
    private static let table = "id,gender,productDisplayName\n1,Men,One\n2,Women,Two\n3,Men,Three\n"

    @Test(arguments: ["", "fashion-dataset/"])
    func `pictures are found in the folder or in a folder within it`(inner: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.table, to: inner + "styles.csv")
        for name in ["1.jpg", "3.JPEG", "4.jpg", "2.txt", "2", ".jpg"] {
            try folder.write("", to: inner + "images/\(name)")
        }
        let catalogue = try KaggleCatalogue(path: folder.path).read()
        let root = folder.path + (inner.isEmpty ? "" : "/fashion-dataset")
        #expect(catalogue.products.map(\.picture) == [root + "/images/1.jpg", nil, root + "/images/3.JPEG"])
        #expect(catalogue.report.missingPictures.places == ["3 missing-picture"])
        #expect(catalogue.report.missingPictures.listed.first?.product == "2")
        #expect(catalogue.report.productCount == 3)
        #expect(try KaggleCatalogue(path: folder.path + "/").read().products.count == 3)
    }

    @Test func `of several pictures the best extension wins`() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.table, to: "styles.csv")
        for name in ["1.png", "1.jpeg", "1.jpg", "2.png", "3.PNG", "3.png"] {
            try folder.write("", to: "images/\(name)")
        }
        let catalogue = try KaggleCatalogue(path: folder.path).read()
        let names = catalogue.products.map { $0.picture?.split(separator: "/").last }
        #expect(names == ["1.jpg", "2.png", "3.PNG"])
        let onlyPNG = try KaggleCatalogue(path: folder.path, pictureExtensions: ["PNG"]).read()
        #expect(onlyPNG.products[0].picture?.hasSuffix("1.png") == true)
    }

    @Test(arguments: ["../secret", "..", ".", "/etc/passwd", "images/../../secret", "a/b", "secret.jpg/"])
    func `an identifier never leads out of the folder of pictures`(id: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("id,gender\n\(id),Men\n", to: "catalogue/styles.csv")
        try folder.write("", to: "catalogue/images/1.jpg")
        try folder.write("", to: "secret.jpg")
        try folder.write("", to: "catalogue/secret.jpg")
        let catalogue = try KaggleCatalogue(path: folder.path + "/catalogue").read()
        #expect(catalogue.products.map(\.id.rawValue) == [id])
        #expect(catalogue.products.map(\.picture) == [nil])
    }

    @Test func `identifiers that are file names find their pictures`() throws {
        let folder = try TemporaryFolder()
        try folder.write("id,gender\ne1.jpg,Men\ne2,Men\n", to: "styles.csv")
        for name in ["e1.jpg", "e2.jpg"] { try folder.write("", to: "images/\(name)") }
        let catalogue = try KaggleCatalogue(path: folder.path).read()
        #expect(catalogue.products.map(\.picture) == ["e1.jpg", "e2.jpg"].map { "\(folder.path)/images/\($0)" })
    }

    @Test func `a catalogue without a folder of pictures is read and says so`() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.table, to: "styles.csv")
        let report = try KaggleCatalogue(path: folder.path).read().report
        #expect(report.notices.listed.map(\.kind) == [.missingFolder])
        #expect(report.missingPictures.count == 3)
    }

    @Test func `no table, no folder and several tables are errors`() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "other.csv")
        #expect(throws: RecError.self) { try KaggleCatalogue(path: folder.path + "/none").read() }
        let missing = try #require(throws: RecError.self) { try KaggleCatalogue(path: folder.path).read() }
        #expect(missing.code == .fileNotFound)
        try folder.write(Self.table, to: "a/styles.csv")
        #expect(try KaggleCatalogue(path: folder.path).read().products.count == 3)
        try folder.write(Self.table, to: "b/styles.csv")
        let several = try #require(throws: RecError.self) { try KaggleCatalogue(path: folder.path).read() }
        #expect(several.code == .ambiguousCatalogue)
    }
}
