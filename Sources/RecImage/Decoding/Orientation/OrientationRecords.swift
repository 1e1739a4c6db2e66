/// The records of a picture file that can hold its orientation.
///
/// Looks in EXIF first; without an entry there, in XMP, as Pillow does. Never fails.
struct OrientationRecords {
    /// The EXIF record, with up to two `Exif\0\0` before it.
    var exif: [UInt8]?
    /// The XMP packet.
    var xmp: [UInt8]?

    /// The start of an EXIF record in a JPEG.
    static let exifMark: [UInt8] = Array("Exif\0\0".utf8)

    /// The orientation.
    var orientation: Orientation {
        if var record = exif {
            for _ in 0..<2 where record.starts(with: Self.exifMark) { record.removeFirst(Self.exifMark.count) }
            if !record.isEmpty {
                guard let directory = EXIFDirectory(record) else { return .upright }
                if case .present(let orientation) = directory.orientation() { return orientation ?? .upright }
            }
        }
        return xmp.flatMap(Self.orientation(inXMP:)) ?? .upright
    }

    /// The digit after the first `tiff:Orientation="` or `tiff:Orientation>`.
    private static func orientation(inXMP packet: [UInt8]) -> Orientation? {
        let name = Array("tiff:Orientation".utf8)
        guard packet.count > name.count else { return nil }
        for start in 0..<packet.count - name.count where packet[start] == name[0] {
            var rest = packet[start...]
            guard rest.starts(with: name) else { continue }
            rest = rest.dropFirst(name.count)
            if rest.starts(with: Array("=\"".utf8)) {
                rest = rest.dropFirst(2)
            } else if rest.first == UInt8(ascii: ">") {
                rest = rest.dropFirst()
            } else {
                continue
            }
            guard let digit = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { continue }
            return Orientation(rawValue: Int(digit - UInt8(ascii: "0")))
        }
        return nil
    }
}
