import Foundation
import RecCore
import RecMetadata
import Testing

/// Tables of any encoding, against Python's codecs and csv module (`Scripts/goldens/table_encodings.py`).
@Suite struct `The encoding of a table` {
    struct Golden: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: String
        let guessed: String?
        let rows: [[String: String]]

        var testDescription: String { name }
    }

    static let goldens: [Golden] = (try? TestFiles.fixture("Catalogue/encodings.json")) ?? []

    @Test func `has goldens`() { #expect(Self.goldens.count == 42) }

    @Test(arguments: goldens) func `is found as Python decodes it`(golden: Golden) throws {
        let bytes = try #require(Data(base64Encoded: golden.bytes))
        let catalogue = try CSVCatalogue(bytes: Array(bytes), name: "test.csv").read()
        let rows = catalogue.products.map { product in
            var row = Dictionary(uniqueKeysWithValues: product.attributes.map { ($0, $1.first ?? "") })
            row["id"] = product.id.rawValue
            row["productDisplayName"] = product.title
            return row
        }
        #expect(rows == golden.rows)
        #expect(catalogue.report.repaired.isEmpty)
        #expect(
            catalogue.report.notices.listed.map(\.kind.rawValue) == (golden.guessed == nil ? [] : ["guessed-encoding"])
        )
        if let guessed = golden.guessed {
            #expect(catalogue.report.notices.listed[0].message.contains(guessed))
        }
    }

    @Test func `is what the host says`() throws {
        var format = CSVFormat()
        format.encoding = .windows1252
        let bytes = Array("id,colour\n1,Gr\u{FC}n\n".utf8)
        let catalogue = try CSVCatalogue(bytes: bytes, name: "test.csv", format: format).read()
        #expect(catalogue.products[0]["colour"] == "Gr\u{C3}\u{BC}n")
        format.encoding = .utf8
        let damaged = Array("id,colour\n1,Gr".utf8) + [0xFC] + Array("n\n".utf8)
        let repaired = try CSVCatalogue(bytes: damaged, name: "test.csv", format: format).read()
        #expect(repaired.products[0]["colour"] == "Gr\u{FFFD}n")
        #expect(repaired.report.repaired.places == ["2 invalid-utf8"])
    }

    @Test(arguments: [[0x00, 0xD8], [0x00, 0xDC], [0x41]] as [[UInt8]])
    func `may have halves of characters, which are reported by line`(half: [UInt8]) throws {
        let text = "id,colour\n1,Red\n2,Bl"
        let units = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let catalogue = try CSVCatalogue(bytes: [0xFF, 0xFE] + units + half, name: "test.csv").read()
        #expect(catalogue.products.map { $0["colour"].first } == ["Red", "Bl\u{FFFD}"])
        #expect(catalogue.report.repaired.places == ["3 invalid-utf8"])
    }

    @Test func `is UTF-8 where one character is, and the rest is damage`() throws {
        let bytes = Array("id,colour\n1,Gr\u{FC}n\n2,Gr".utf8) + [0xFC] + Array("n\n".utf8)
        let catalogue = try CSVCatalogue(bytes: bytes, name: "test.csv").read()
        #expect(catalogue.products.map { $0["colour"].first } == ["Gr\u{FC}n", "Gr\u{FFFD}n"])
        #expect(catalogue.report.notices.isEmpty)
    }

    @Test(arguments: [1, 2, 3]) func `does not depend on where pieces of a file end`(shift: Int)
        throws
    {
        let folder = try TemporaryFolder()
        let padding = String(repeating: "x", count: shift)
        let rows = (0..<24_000).map { "\($0),\u{9752}\u{1F45F},\(padding)\u{E9}" }
        let text = "id,colour,productDisplayName\n" + rows.joined(separator: "\n")
        for data in [Data(text.utf8), Data(text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })] {
            try data.write(to: URL(filePath: folder.path + "/table.csv"))
            let catalogue = try CSVCatalogue(path: folder.path + "/table.csv").read()
            #expect(catalogue.products.count == 24_000)
            #expect(
                catalogue.products.allSatisfy { $0["colour"] == "\u{9752}\u{1F45F}" && $0.title == padding + "\u{E9}" }
            )
            #expect(catalogue.report.repaired.isEmpty)
        }
    }
}
