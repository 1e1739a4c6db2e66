#if HEIF
import RecFiles
internal import RecCore

/// How many pixels libheif allocates for an item, by what the compressed data says.
///
/// Its codecs allocate by their own headers, whatever size the boxes give; it follows references without looking for
/// circles.
struct HEIFDecodingSize {
    /// What decoding an item takes.
    private struct Work {
        /// The canvases that are in memory at the same time.
        var canvas = 0
        /// The largest coded picture.
        var coded = 0
        /// The pixels of all pictures that are decoded, one after the other.
        var total = 0

        /// Adds the work for a part.
        mutating func add(_ part: Work) {
            canvas = max(canvas, part.canvas)
            coded = max(coded, part.coded)
            total = min(total + part.total, 1 << 40)
        }
    }

    private let items: HEIFItems
    private var known: [Int: Work] = [:]

    /// The greatest number of items that lie one in another.
    private static let deepest = 8

    /// Computes the pixels that the primary picture takes: those of its largest part at least, and a quarter of all
    /// that are decoded.
    ///
    /// - Throws: `RecError` with code `corruptImage` or `unsupportedImage`.
    static func pixelCount(_ items: HEIFItems, _ bytes: Span<UInt8>) throws(RecError) -> Int {
        guard items.isSound else { throw fault.corrupt("in its boxes") }
        var sizes = HEIFDecodingSize(items: items)
        let work = try sizes.work(items.primary, bytes, depth: 0)
        return max(work.canvas, work.coded, work.total / 4)
    }

    private init(items: HEIFItems) { self.items = items }

    private static let fault = PictureFault("HEIF file")

    private mutating func work(_ item: Int, _ bytes: Span<UInt8>, depth: Int) throws(RecError) -> Work {
        if let work = known[item] { return work }
        guard depth < Self.deepest else { throw Self.fault.corrupt("in its boxes: pictures lie in each other") }
        let type = items.types[item] ?? ""
        var work = Work()
        switch type {
        case "hvc1", "av01":
            guard let pictures = type == "hvc1" ? hevc(item, bytes) : av1(item, bytes) else {
                throw Self.fault.corrupt("in the boxes of its compressed data")
            }
            work = Work(coded: pictures.pixelCount, total: pictures.size.width * pictures.size.height)
        case "grid", "iovl", "iden":
            for part in items.parts[item] ?? [] { work.add(try self.work(part, bytes, depth: depth + 1)) }
            if type != "iden" {
                guard let canvas = canvas(of: item, isOverlay: type == "iovl", bytes) else {
                    throw Self.fault.corrupt("in a picture made of others")
                }
                work.canvas += canvas
            }
        default:
            throw RecError(
                .unsupportedImage,
                "the HEIF file has a picture of the kind '\(type)', which is not decoded; convert it to JPEG first"
            )
        }
        for alpha in items.alphas[item] ?? [] { work.add(try self.work(alpha, bytes, depth: depth + 1)) }
        known[item] = work
        return work
    }

    private func hevc(_ item: Int, _ bytes: Span<UInt8>) -> CodedPictures? {
        guard let box = items.properties(of: item).first(where: { $0.name == "hvcC" }) else { return nil }
        var pictures = HEVCPictures()
        guard let lengthSize = pictures.readConfiguration(bytes.extracting(box.content)) else { return nil }
        guard let data = data(of: item, bytes) else { return nil }
        pictures.readData(data.span, lengthSize: 4)
        // libheif takes all lengths for such of four bytes.
        if lengthSize != 4 { pictures.readData(data.span, lengthSize: lengthSize) }
        return pictures.pictures
    }

    private func av1(_ item: Int, _ bytes: Span<UInt8>) -> CodedPictures? {
        guard let box = items.properties(of: item).first(where: { $0.name == "av1C" }), box.content.count >= 4 else {
            return nil
        }
        var pictures = AV1Pictures()
        // The data follows in the same stream, so a unit may not go on there.
        guard pictures.read(bytes.extracting(box.content.dropFirst(4))) else { return nil }
        guard let data = data(of: item, bytes) else { return nil }
        _ = pictures.read(data.span)
        return pictures.pictures
    }

    /// The data of an item, which may lie in several stretches.
    private func data(of item: Int, _ bytes: Span<UInt8>) -> [UInt8]? {
        guard let stretches = items.stretches(of: item, fileCount: bytes.count) else { return nil }
        var data: [UInt8] = []
        data.reserveCapacity(stretches.reduce(0) { $0 + $1.count })
        for stretch in stretches { data += bytes.extracting(stretch).array }
        return data
    }

    /// The pixels of the canvas of a grid, or of an overlay, whose colour comes before its size.
    private func canvas(of item: Int, isOverlay: Bool, _ bytes: Span<UInt8>) -> Int? {
        guard let data = data(of: item, bytes) else { return nil }
        var reader = BitReader(data)
        reader.skip(8)
        guard let flags = reader.number(bytes: 1) else { return nil }
        reader.skip(isOverlay ? 64 : 16)
        let count = flags & 1 == 0 ? 2 : 4
        guard let width = reader.number(bytes: count), let height = reader.number(bytes: count) else { return nil }
        return min(width, 1 << 24) * min(height, 1 << 24)
    }
}
#endif
