import RecCore
import RecMetadata
import Testing

@Suite struct `What is no catalogue` {
    @Test(arguments: [
        ("", RecError.Code.emptyFile),
        ("\n\n  \n", .emptyFile),
        ("\u{FEFF}", .emptyFile),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4332006\n", .gitLFSPointer),
        ("<!DOCTYPE html><title>Sign in</title>", .notCSV),
        ("PK\u{3}\u{4}", .notCSV),
        ("name,colour\nShirt,Blue\n", .missingColumn),
        ("\"id,colour\n1,Red\n", .missingColumn),
    ])
    func `a file without a catalogue gives a typed error that names it`(
        text: String,
        code: RecError.Code
    ) throws {
        let error = try #require(throws: RecError.self) { try read(text) }
        #expect(error.code == code)
        #expect(error.path == "test.csv")
        #expect(error.message.hasPrefix("test.csv"))
    }

    @Test(
        arguments: [
            [0x1F, 0x8B, 0x08, 0x00], Array("PAR1".utf8), [0xD0, 0xCF, 0x11, 0xE0], [0x28, 0xB5, 0x2F, 0xFD],
        ] as [[UInt8]]
    )
    func `archives and binary tables are recognised`(bytes: [UInt8]) throws {
        let error = try #require(throws: RecError.self) {
            try CSVCatalogue(bytes: bytes, name: "x").read()
        }
        #expect(error.code == .notCSV)
    }

    @Test func `a missing column is reported with the line and the columns there are`() throws {
        let error = try #require(throws: RecError.self) { try read("\n\nname,colour\n") }
        #expect(error.line == 3)
        #expect(error.message.contains(#""name", "colour""#))
        #expect(error.code.name == "missing-column")
    }

    @Test func `files that cannot be read say why`() throws {
        let folder = try TemporaryFolder()
        try folder.write("id,colour\n1,Red\n", to: "a.csv")
        var small = CSVFormat()
        small.maximumFileSize = 15
        let cases: [(CSVCatalogue, RecError.Code)] = [
            (CSVCatalogue(path: folder.path + "/none.csv"), .fileNotFound),
            (CSVCatalogue(path: folder.path), .unreadableFile),
            (CSVCatalogue(path: "/dev/zero"), .unreadableFile),
            (CSVCatalogue(path: folder.path + "/a.csv", format: small), .fileTooLarge),
        ]
        for (reader, code) in cases {
            let error = try #require(throws: RecError.self) { try reader.read() }
            #expect(error.code == code)
        }
        small.maximumFileSize = 16
        #expect(try CSVCatalogue(path: folder.path + "/a.csv", format: small).read().products.count == 1)
    }
}
