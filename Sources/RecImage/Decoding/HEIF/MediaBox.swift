#if HEIF
import RecFiles

/// A box of a file in the ISO base media format.
struct MediaBox {
    /// The four characters of its type.
    let name: String
    /// Where its content lies in the file.
    let content: Range<Int>

    /// The greatest number of boxes, items or properties that are looked at; libheif reads no more.
    static let limit = 20_000

    /// The boxes in a range, one after the other.
    struct List {
        var boxes: [MediaBox] = []
        /// Whether the last box reaches beyond the range.
        var isCut = false
        /// Whether there are more boxes than the limit.
        var isLong = false

        /// Reads the boxes; it stops where bytes are no box.
        init(in range: Range<Int>, of bytes: Span<UInt8>) {
            var position = range.lowerBound
            while range.upperBound - position >= 8 {
                guard boxes.count < MediaBox.limit else {
                    isLong = true
                    return
                }
                var size = bytes.uint32(at: position)
                var header = 8
                if size == 1 {
                    isCut = range.upperBound - position < 16 || bytes.uint32(at: position + 8) != 0
                    if isCut { return }
                    size = bytes.uint32(at: position + 12)
                    header = 16
                }
                if size == 0 { size = range.upperBound - position }
                guard size >= header else { return }
                isCut = size > range.upperBound - position
                if isCut { return }
                let name = bytes.extracting(position + 4..<position + 8).text
                boxes.append(MediaBox(name: name, content: position + header..<position + size))
                position += size
            }
            isCut = position < range.upperBound
        }

        /// The first box of a name.
        func first(_ name: String) -> MediaBox? { boxes.first { $0.name == name } }
    }
}
#endif
