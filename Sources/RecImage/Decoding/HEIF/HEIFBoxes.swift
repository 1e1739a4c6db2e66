#if HEIF
import RecFiles

/// What the boxes of a HEIF or AVIF file say about its primary picture that libheif does not tell.
///
/// Reading never fails: what cannot be read counts as absent. libheif decides whether a file is good.
struct HEIFBoxes {
    /// The codec and the chroma samples of the primary picture.
    struct Compression: Equatable {
        /// Whether the codec is AV1.
        let isAV1: Bool
        /// The chroma samples.
        let chroma: HEIFChroma
    }

    /// The compression of the primary picture, or of its first tile.
    private(set) var compression: Compression?

    /// The rotation and mirroring of the primary picture; `nil` when it is cropped as well, which libheif does.
    private(set) var orientation: Orientation?

    /// Whether a box at the top reaches beyond the end of the file.
    private(set) var isCut = false

    /// The content of a box.
    private struct Box {
        let name: String
        let content: Range<Int>
    }

    private let primary: Int
    private let properties: [Box]
    private let propertiesOfItems: [Int: [Int]]
    private let tiles: [Int: [Int]]

    /// The greatest number of boxes, items or properties that are looked at.
    private static let limit = 20_000

    /// Reads the boxes of a file.
    init(_ bytes: Span<UInt8>) {
        let (top, isCut) = Self.boxes(in: 0..<bytes.count, of: bytes)
        let meta =
            top.first { $0.name == "meta" }.map { Self.boxes(in: $0.content.dropFirst(4), of: bytes).boxes } ?? []
        let iprp = meta.first { $0.name == "iprp" }.map { Self.boxes(in: $0.content, of: bytes).boxes } ?? []
        primary = meta.first { $0.name == "pitm" }.flatMap { Self.primaryItem($0.content, bytes) } ?? 0
        properties = iprp.first { $0.name == "ipco" }.map { Self.boxes(in: $0.content, of: bytes).boxes } ?? []
        propertiesOfItems = iprp.filter { $0.name == "ipma" }.reduce(into: [:]) { result, box in
            Self.readAssociations(box.content, bytes, into: &result)
        }
        tiles = meta.first { $0.name == "iref" }.map { Self.tiles($0.content, bytes) } ?? [:]
        self.isCut = isCut
        compression = compression(of: primary, bytes, depth: 0)
        orientation = orientation(of: primary, bytes)
    }

    /// The properties of an item, in their order.
    private func properties(of item: Int) -> [Box] {
        (propertiesOfItems[item] ?? []).filter { $0 >= 1 && $0 <= properties.count }.map { properties[$0 - 1] }
    }

    /// The orientation that a file's steps add up to, from what they do to a picture of six pixels.
    private func orientation(of item: Int, _ bytes: Span<UInt8>) -> Orientation? {
        let stored = RGBImage(width: 3, height: 2, pixels: Array(0..<18))
        var image = stored
        for property in properties(of: item) {
            switch property.name {
            case "clap": return nil
            case "irot" where !property.content.isEmpty:
                // Quarter turns, counterclockwise.
                let turns: [Orientation] = [.upright, .turnedRight, .upsideDown, .turnedLeft]
                image = turns[Int(bytes[property.content.lowerBound] & 3)].upright(image)
            case "imir" where !property.content.isEmpty:
                let isAcross = bytes[property.content.lowerBound] & 1 != 0
                image = (isAcross ? Orientation.mirrored : .mirroredUpsideDown).upright(image)
            default: break
            }
        }
        return Orientation.allCases.first { $0.upright(stored) == image }
    }

    /// The compression of an item; a grid or an overlay has that of its first part.
    private func compression(of item: Int, _ bytes: Span<UInt8>, depth: Int) -> Compression? {
        for property in properties(of: item) {
            let content = property.content
            if property.name == "av1C", content.count >= 4 {
                let flags = bytes[content.lowerBound + 2]
                let isMonochrome = flags & 0x10 != 0
                let chroma: HEIFChroma =
                    isMonochrome ? .monochrome : flags & 8 == 0 ? .full : flags & 4 == 0 ? .halfWidth : .quarter
                return Compression(isAV1: true, chroma: chroma)
            }
            if property.name == "hvcC", content.count >= 23 {
                let formats: [HEIFChroma] = [.monochrome, .quarter, .halfWidth, .full]
                return Compression(isAV1: false, chroma: formats[Int(bytes[content.lowerBound + 16] & 3)])
            }
        }
        guard depth < 4, let part = tiles[item]?.first else { return nil }
        return compression(of: part, bytes, depth: depth + 1)
    }

    /// The boxes in a range, and whether the last of them is cut.
    private static func boxes(in range: Range<Int>, of bytes: Span<UInt8>) -> (boxes: [Box], isCut: Bool) {
        var boxes: [Box] = []
        var position = range.lowerBound
        while boxes.count < limit, range.upperBound - position >= 8 {
            var size = bytes.uint32(at: position)
            var header = 8
            if size == 1 {
                guard range.upperBound - position >= 16 else { return (boxes, true) }
                guard bytes.uint32(at: position + 8) == 0 else { return (boxes, true) }
                size = bytes.uint32(at: position + 12)
                header = 16
            }
            if size == 0 { size = range.upperBound - position }
            guard size >= header else { return (boxes, false) }
            guard size <= range.upperBound - position else { return (boxes, true) }
            let name = bytes.extracting(position + 4..<position + 8).text
            boxes.append(Box(name: name, content: position + header..<position + size))
            position += size
        }
        return (boxes, position < range.upperBound && boxes.count < limit)
    }

    /// The item of a `pitm` box.
    private static func primaryItem(_ content: Range<Int>, _ bytes: Span<UInt8>) -> Int? {
        guard content.count >= 6 else { return nil }
        let start = content.lowerBound
        if bytes[start] == 0 { return bytes.uint16(at: start + 4) }
        return content.count >= 8 ? bytes.uint32(at: start + 4) : nil
    }

    /// Reads an `ipma` box: the properties of items, by their numbers from 1 on.
    private static func readAssociations(_ content: Range<Int>, _ bytes: Span<UInt8>, into result: inout [Int: [Int]]) {
        guard content.count >= 8 else { return }
        let isLong = bytes[content.lowerBound] > 0
        let isWide = bytes[content.lowerBound + 3] & 1 != 0
        var position = content.lowerBound + 8
        for _ in 0..<min(bytes.uint32(at: content.lowerBound + 4), limit) {
            guard content.upperBound - position >= (isLong ? 5 : 3) else { return }
            let item = isLong ? bytes.uint32(at: position) : bytes.uint16(at: position)
            position += isLong ? 4 : 2
            let count = Int(bytes[position])
            position += 1
            guard content.upperBound - position >= count * (isWide ? 2 : 1) else { return }
            result[item] = (0..<count).map { index in
                isWide
                    ? bytes.uint16(at: position + 2 * index) & 0x7FFF : Int(bytes[position + index] & 0x7F)
            }
            position += count * (isWide ? 2 : 1)
        }
    }

    /// Reads an `iref` box: the parts that items are derived from.
    private static func tiles(_ content: Range<Int>, _ bytes: Span<UInt8>) -> [Int: [Int]] {
        guard content.count >= 4 else { return [:] }
        let size = bytes[content.lowerBound] == 0 ? 2 : 4
        var result: [Int: [Int]] = [:]
        for box in boxes(in: content.dropFirst(4), of: bytes).boxes where box.name == "dimg" {
            guard box.content.count >= 2 * size + 2 else { continue }
            func item(_ position: Int) -> Int {
                size == 2 ? bytes.uint16(at: position) : bytes.uint32(at: position)
            }
            let start = box.content.lowerBound
            result[item(start)] = [item(start + size + 2)]
        }
        return result
    }
}
#endif
