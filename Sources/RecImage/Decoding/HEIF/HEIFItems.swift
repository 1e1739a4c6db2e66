#if HEIF
import RecFiles

/// The items of a HEIF file: coded pictures, those made of other pictures, and metadata.
///
/// What libheif reads leniently is read as libheif does it: the first of two boxes, items or associations counts.
struct HEIFItems {
    /// A stretch of an item's data.
    private struct Extent {
        let offset: Int
        let count: Int
    }

    /// Where the data of an item is.
    private struct Location {
        /// 0 for positions in the file, 1 for positions in the box `idat`.
        let method: Int
        let extents: [Extent]
    }

    /// The number of the primary item.
    let primary: Int

    /// The types of the items.
    private(set) var types: [Int: String] = [:]

    /// The items that one is made of.
    private(set) var parts: [Int: [Int]] = [:]

    /// The alpha channels of an item.
    private(set) var alphas: [Int: [Int]] = [:]

    /// Whether an item is text compressed with zlib.
    private(set) var hasCompressedText = false

    /// Whether the boxes could be read to their ends.
    private(set) var isSound = true

    private let properties: [MediaBox]
    private var associations: [Int: [Int]] = [:]
    private var locations: [Int: Location] = [:]
    private let data: Range<Int>

    /// Reads the items from the content of the box `meta`.
    init(_ meta: MediaBox.List, of bytes: Span<UInt8>) {
        let iprp = meta.first("iprp").map { MediaBox.List(in: $0.content, of: bytes) }
        properties = iprp?.first("ipco").map { MediaBox.List(in: $0.content, of: bytes).boxes } ?? []
        data = meta.first("idat")?.content ?? 0..<0
        primary = Self.primaryItem(BitReader(meta.first("pitm"), bytes)) ?? 0
        for box in iprp?.boxes ?? [] where box.name == "ipma" {
            isSound = readAssociations(BitReader(box, bytes)) && isSound
        }
        isSound = readLocations(BitReader(meta.first("iloc"), bytes)) && isSound
        if let box = meta.first("iinf") { readTypes(box, bytes) }
        if let box = meta.first("iref") { isSound = readReferences(BitReader(box, bytes), bytes) && isSound }
    }

    /// The properties of an item, in their order.
    func properties(of item: Int) -> [MediaBox] {
        (associations[item] ?? []).filter { $0 >= 1 && $0 <= properties.count }.map { properties[$0 - 1] }
    }

    /// Where in the file the data of an item is; `nil` when it is not there.
    func stretches(of item: Int, fileCount: Int) -> [Range<Int>]? {
        guard let location = locations[item], location.method <= 1 else { return nil }
        let room = location.method == 0 ? 0..<fileCount : data
        var stretches: [Range<Int>] = []
        for extent in location.extents {
            guard extent.offset <= room.count, extent.count <= room.count - extent.offset else { return nil }
            let start = room.lowerBound + extent.offset
            stretches.append(start..<start + extent.count)
        }
        return stretches
    }

    /// The bytes that libheif copies when it opens the file: the data of all items, and of coded ones the headers.
    var dataCount: Int {
        let counts = locations.values.lazy.flatMap(\.extents).map(\.count)
        let headers = associations.keys.lazy.flatMap(properties).filter { ["hvcC", "av1C"].contains($0.name) }
        return (Array(counts) + headers.map(\.content.count)).reduce(0) { min($0 + $1, 1 << 56) }
    }
}

// MARK: - Reading

extension HEIFItems {
    /// Reads a `pitm` box.
    private static func primaryItem(_ reader: BitReader) -> Int? {
        var reader = reader
        guard let version = reader.number(bytes: 1), reader.number(bytes: 3) != nil else { return nil }
        return reader.number(bytes: version == 0 ? 2 : 4)
    }

    /// Reads an `ipma` box: the properties of items, by their numbers from 1 on.
    private mutating func readAssociations(_ reader: BitReader) -> Bool {
        var reader = reader
        guard let version = reader.number(bytes: 1), let flags = reader.number(bytes: 3),
            let count = reader.number(bytes: 4)
        else { return false }
        for _ in 0..<min(count, MediaBox.limit) {
            guard let item = reader.number(bytes: version == 0 ? 2 : 4), let count = reader.number(bytes: 1) else {
                return false
            }
            var indices: [Int] = []
            for _ in 0..<count {
                guard let index = reader.number(bytes: flags & 1 == 0 ? 1 : 2) else { return false }
                indices.append(index & (flags & 1 == 0 ? 0x7F : 0x7FFF))
            }
            if associations[item] == nil { associations[item] = indices }
        }
        return true
    }

    /// Reads an `iloc` box.
    private mutating func readLocations(_ reader: BitReader) -> Bool {
        var reader = reader
        guard let version = reader.number(bytes: 1), reader.number(bytes: 3) != nil,
            let offsetSize = reader.bits(4), let countSize = reader.bits(4), let baseSize = reader.bits(4),
            let indexSize = reader.bits(4), let count = reader.number(bytes: version < 2 ? 2 : 4)
        else { return false }
        for _ in 0..<min(count, MediaBox.limit) {
            guard let item = reader.number(bytes: version < 2 ? 2 : 4),
                let method = version == 0 ? 0 : reader.number(bytes: 2),
                reader.number(bytes: 2) != nil,
                let base = reader.number(bytes: Self.size(baseSize)), let count = reader.number(bytes: 2)
            else { return false }
            var extents: [Extent] = []
            for _ in 0..<count {
                if version >= 2 { _ = reader.number(bytes: Self.size(indexSize)) }
                guard let offset = reader.number(bytes: Self.size(offsetSize)),
                    let count = reader.number(bytes: Self.size(countSize))
                else { return false }
                extents.append(Extent(offset: base + offset, count: count))
            }
            if locations[item] == nil { locations[item] = Location(method: method & 15, extents: extents) }
        }
        return true
    }

    /// The bytes of a number in an `iloc` box; numbers of other sizes than 4 and 8 are not there.
    private static func size(_ size: Int) -> Int { size == 4 || size == 8 ? size : 0 }

    /// Reads an `iinf` box.
    private mutating func readTypes(_ box: MediaBox, _ bytes: Span<UInt8>) {
        guard let first = box.content.first else { return }
        let list = box.content.dropFirst(bytes[first] == 0 ? 6 : 8)
        for entry in MediaBox.List(in: list, of: bytes).boxes where entry.name == "infe" {
            var reader = BitReader(entry, bytes)
            guard let version = reader.number(bytes: 1), reader.number(bytes: 3) != nil,
                let item = reader.number(bytes: version <= 2 ? 2 : 4), reader.number(bytes: 2) != nil
            else { continue }
            let type = version >= 2 ? reader.name() ?? "" : ""
            if types[item] == nil { types[item] = type }
            // Its name and the type of its content come first.
            if type == "mime" {
                _ = (reader.text(), reader.text())
                if reader.text() == "deflate" { hasCompressedText = true }
            }
        }
    }

    /// Reads an `iref` box, whose boxes must have the sizes that their numbers take.
    private mutating func readReferences(_ reader: BitReader, _ bytes: Span<UInt8>) -> Bool {
        var reader = reader
        guard let version = reader.number(bytes: 1), reader.number(bytes: 3) != nil else { return false }
        let size = version == 0 ? 2 : 4
        while !reader.isAtEnd {
            guard let boxSize = reader.number(bytes: 4), let name = reader.name(),
                let item = reader.number(bytes: size), let count = reader.number(bytes: 2),
                boxSize == 8 + size + 2 + count * size
            else { return false }
            var others: [Int] = []
            for _ in 0..<count {
                guard let other = reader.number(bytes: size) else { return false }
                others.append(other)
            }
            switch name {
            case "dimg": parts[item, default: []] += others
            case "auxl" where isAlpha(item, bytes):
                for other in others { alphas[other, default: []].append(item) }
            default: break
            }
        }
        return true
    }

    /// Whether the type of an auxiliary picture is that of alpha, in HEIF or in MIAF.
    private func isAlpha(_ item: Int, _ bytes: Span<UInt8>) -> Bool {
        for box in properties(of: item) where box.name == "auxC" {
            let text = bytes.extracting(box.content).text
            if text.contains("auxid:1") || text.contains(":alpha") { return true }
        }
        return false
    }
}
#endif
