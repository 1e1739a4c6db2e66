#if canImport(Glibc)
import Foundation
import Glibc
import RecCore
import RecMetadata
import Testing

/// File names that are not UTF-8, which Linux allows.
@Suite struct `File names of any bytes` {
    private static func write(_ content: String, to name: [UInt8], in folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        write(content, toPath: Array("\(folder)/".utf8) + name)
    }

    private static func write(_ content: String, toPath path: [UInt8]) {
        guard let file = unsafe fopen(system(path), "w") else { return }
        unsafe fputs(content, file)
        unsafe fclose(file)
    }

    private static func system(_ path: [UInt8]) -> [CChar] {
        (path + [0]).map { CChar(bitPattern: $0) }
    }

    /// Whether the picture of a product can be opened, which its content, a table, shows.
    private static func opens(_ product: Product?, expecting id: ProductID) throws -> Bool {
        let path = try #require(product?.picture)
        return try CSVCatalogue(path: path).read().products.map(\.id) == [id]
    }

    @Test func `are the pictures of identifiers that read so in Windows-1252, and open`() throws {
        let folder = try TemporaryFolder()
        try folder.write("id,gender\ncaf\u{E9},Men\n2,Women\n", to: "styles.csv")
        try Self.write("id\ncafe\n", to: Array("caf".utf8) + [0xE9] + Array(".jpg".utf8), in: folder.path + "/images")
        try folder.write("id\ntwo\n", to: "images/2.jpg")
        let catalogue = try KaggleCatalogue(path: folder.path).read()
        #expect(try Self.opens(catalogue.products.first, expecting: "cafe"))
        #expect(try Self.opens(catalogue.products.last, expecting: "two"))
    }

    @Test func `are the pictures of identifiers with the same bytes`() throws {
        let folder = try TemporaryFolder()
        // Another row is UTF-8, so that this identifier is damaged.
        let table = Data("id,colour\ncaf".utf8) + [0xE9] + Data(",Red\n2,Gr\u{FC}n\n".utf8)
        try table.write(to: URL(filePath: folder.path + "/styles.csv"))
        try Self.write("id\ncafe\n", to: Array("caf".utf8) + [0xE9] + Array(".jpg".utf8), in: folder.path + "/images")
        let catalogue = try KaggleCatalogue(path: folder.path).read()
        #expect(try Self.opens(catalogue.products.first, expecting: "cafe"))
        #expect(catalogue.report.repaired.places == ["2 invalid-utf8"])
    }

    @Test func `are nobody's when two could be meant`() throws {
        let folder = try TemporaryFolder()
        let table = Data("id,colour\ncaf".utf8) + [0xE9] + Data(",Red\n2,Gr\u{FC}n\n".utf8)
        try table.write(to: URL(filePath: folder.path + "/styles.csv"))
        for byte in [0xE9, 0xE8] as [UInt8] {
            try Self.write(
                "id\n\(byte)\n",
                to: Array("caf".utf8) + [byte] + Array(".jpg".utf8),
                in: folder.path + "/images"
            )
        }
        let catalogue = try KaggleCatalogue(path: folder.path).read()
        #expect(catalogue.products[0].picture == nil)
        #expect(catalogue.report.missingPictures.count == 2)
    }

    @Test(
        arguments: [[0xFF], [0xE9, 0x2E, 0xC3, 0xA9], [0xF4, 0x8F, 0x9E, 0x80], [0xC3], [0xED, 0xA0, 0x80]] as [[UInt8]]
    )
    func `of folders can be read, too`(name: [UInt8]) throws {
        let folder = try TemporaryFolder()
        let root = Array("\(folder.path)/".utf8) + name
        let status = unsafe mkdir(Self.system(root), 0o777)
        #expect(status == 0)
        Self.write("id\n1\n", toPath: root + Array("/styles.csv".utf8))
        #expect(try KaggleCatalogue(path: folder.path).read().products.map(\.id) == ["1"])
        // FileManager does not remove such a folder.
        unsafe unlink(Self.system(root + Array("/styles.csv".utf8)))
        unsafe rmdir(Self.system(root))
    }
}
#endif
