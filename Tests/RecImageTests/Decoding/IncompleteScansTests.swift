import RecCore
import RecImage
import Testing

@Suite struct `Incomplete scans` {
    /// What Scripts/goldens/incomplete_scans.py expects of a file.
    struct Golden: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let pixels: UInt32?
        let close: String?
        let refused: Bool?
        var testDescription: String { name }
    }

    private static func bytes(of name: String) throws -> [UInt8] { try FormatGoldens.bytes("Scans", "\(name).jpg") }

    static let goldens = FormatGoldens.read("Scans", as: [Golden].self)

    @Test(arguments: goldens)
    func `what decides about pixels must be there`(golden: Golden) throws {
        let bytes = try Self.bytes(of: golden.name)

        guard golden.refused == nil else {
            let error = #expect(throws: RecError.self) { try PictureReader().read(bytes) }
            #expect(error?.code == .truncatedImage || error?.code == .corruptImage)
            #expect(try PictureReader(damage: .accepted).read(bytes).isDamaged)
            return
        }
        let picture = try PictureReader().read(bytes)

        #expect(!picture.isDamaged)
        #expect(try PictureReader(damage: .accepted).read(bytes) == picture)
        if let pixels = golden.pixels { #expect(picture.image.checksum == pixels) }
        if let close = golden.close {
            let whole = try PictureReader().read(try Self.bytes(of: close))
            #expect(picture.image.signalToNoise(against: whole.image) > 30)
        }
        #expect(golden.pixels != nil || golden.close != nil)
    }

    @Test(arguments: [
        ("progressive-1", "scans are missing"), ("separate-2", "a component is in no scan"),
        ("arithmetic-50", "the arithmetic code of a scan ends early"),
    ])
    func `the error says what is missing`(name: String, words: String) throws {
        let error = try #require(throws: RecError.self) { try PictureReader().read(Self.bytes(of: name)) }

        #expect(error.message == "the JPEG is incomplete (\(words)); fetch the file again")
    }

    @Test(arguments: goldens.filter { $0.refused == true })
    func `what is missing is found at reduced scales and in crops`(golden: Golden) throws {
        let bytes = try Self.bytes(of: golden.name)
        #expect(throws: RecError.self) { try PictureReader().read(bytes, scale: .reduced(shortSide: 16)) }
        #expect(throws: RecError.self) {
            try Preprocessing.torchvisionV1.tensor(of: .data(bytes), using: PictureReader())
        }
    }
}
