#if PNG
import RecFiles

/// The place of a chunk in a PNG file.
struct PNGChunk: Equatable {
    /// The name, as `IDAT`.
    let name: String
    /// The position of the content.
    let start: Int
    /// The number of bytes of the content, by the chunk's own words.
    let size: Int

    /// The position of the name.
    var namePosition: Int { start - 4 }
    /// The position of the next chunk.
    var end: Int { start + size + 4 }

    /// Reads the eight bytes before a chunk's content.
    ///
    /// - Returns: `nil` at the end of the bytes; a chunk without a name where the four bytes are none.
    init?(at position: Int, in bytes: Span<UInt8>) {
        guard bytes.count - position >= 8 else { return nil }
        size = bytes.uint32(at: position)
        start = position + 8
        let characters = bytes.extracting(position + 4..<position + 8)
        let isName = characters.indices.allSatisfy {
            switch characters[$0] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        name = isName ? characters.text : ""
    }

    /// The bytes of the content that a file has.
    func content(in bytes: Span<UInt8>) -> Range<Int> {
        start..<min(start + size, bytes.count)
    }

    /// Whether the file ends within the content.
    func isCut(in bytes: Span<UInt8>) -> Bool { start + size > bytes.count }

    /// Whether the checksum behind the content is there and right.
    func hasGoodChecksum(in bytes: Span<UInt8>) -> Bool {
        guard end <= bytes.count else { return false }
        return Zlib.checksum(of: bytes.extracting(namePosition..<start + size)) == bytes.uint32(at: start + size)
    }
}
#endif
