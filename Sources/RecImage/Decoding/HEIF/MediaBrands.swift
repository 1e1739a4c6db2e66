/// The brands of a file in the ISO base media format: what is in its boxes.
///
/// The first brand is the main one; those that follow say what else a reader may take the file for. General brands of
/// pictures (`mif1`) and sequences (`msf1`) count only where no brand names a codec.
struct MediaBrands {
    /// The brands, the main one first.
    let brands: [String]

    /// Reads the first box of a file; `nil` when that is not `ftyp`.
    init?(_ start: [UInt8]) {
        guard start.count >= 12, start[4..<8].elementsEqual("ftyp".utf8) else { return nil }
        let size = start[0..<4].reduce(0) { $0 << 8 | Int($1) }
        let end = min(max(size, 12), start.count)
        let others = Swift.stride(from: 16, through: end - 4, by: 4).map { start[$0..<$0 + 4] }
        brands = ([start[8..<12]] + others).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What a file holds.
    enum Content {
        case avif, avifSequence, heic, heicSequence, heif, rawPhotograph, video
    }

    private static let kinds: [String: Content] = [
        "avif": .avif, "avio": .avif, "avis": .avifSequence,
        "heic": .heic, "heix": .heic, "heim": .heic, "heis": .heic,
        "hevc": .heicSequence, "hevx": .heicSequence, "hevm": .heicSequence, "hevs": .heicSequence,
    ]

    /// The content, by the first brand that names a codec.
    var content: Content {
        if brands.first == "crx " { return .rawPhotograph }
        for brand in brands {
            if let kind = Self.kinds[brand] { return kind }
        }
        return brands.contains { ["mif1", "mif2", "msf1", "miaf"].contains($0) } ? .heif : .video
    }
}
