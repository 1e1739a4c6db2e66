import RecFiles

/// The brands of a file in the ISO base media format, which say what is in its boxes.
///
/// The first brand is the main one; those that follow are others that a reader may take the file for. General brands of
/// pictures (`mif1`) and sequences (`msf1`) count only where no brand names a codec.
struct MediaBrands {
    /// The brands, the main one first.
    let brands: [String]

    /// Reads the first box of a file; `nil` when that is not `ftyp`.
    init?(_ bytes: borrowing Span<UInt8>) {
        guard bytes.count >= 12, bytes.agrees(with: "ftyp".utf8, at: 4) else { return nil }
        let end = min(max(bytes.uint32(at: 0), 12), bytes.count, Self.limit)
        let positions = [8] + Array(stride(from: 16, through: end - 4, by: 4))
        brands = positions.map { bytes.extracting($0..<$0 + 4).text }
    }

    /// The number of bytes that are looked at.
    private static let limit = 512

    /// What a file holds.
    enum Content {
        case avif, avifSequence, heic, heicSequence, heif, heifSequence, rawPhotograph, video
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
        if brands.contains(where: { ["mif1", "mif2", "miaf"].contains($0) }) { return .heif }
        return brands.contains("msf1") ? .heifSequence : .video
    }
}
