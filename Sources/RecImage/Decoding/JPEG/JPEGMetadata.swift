/// The orientation in the marker segments before the first scan, which libjpeg ignores.
///
/// Never fails.
struct JPEGMetadata {
    /// The orientation.
    let orientation: Orientation

    /// Reads the segments of a JPEG.
    ///
    /// - Complexity: O(bytes before the first scan).
    init(_ bytes: borrowing Span<UInt8>) {
        var exif: [UInt8]?
        var xmp: [UInt8]?
        var position = 2
        walk: while position + 1 < bytes.count {
            guard bytes[position] == 0xFF else {
                position += 1
                continue
            }
            switch bytes[position + 1] {
            case 0x00:
                position += 2
            case 0xFF:
                position += 1
            case 0x01..<0xC0, 0xDA:
                // An invalid marker, or the first scan.
                break walk
            case 0xC8, 0xD0...0xD9, 0xF0...0xFD:
                position += 2
            case let marker:
                guard position + 4 <= bytes.count else { break walk }
                let length = max(2, Int(bytes[position + 2]) << 8 | Int(bytes[position + 3]))
                let end = position + 2 + length
                guard end <= bytes.count else { break walk }
                if marker == 0xE1 { Self.collect(bytes, position + 4..<end, exif: &exif, xmp: &xmp) }
                position = end
            }
        }
        orientation = OrientationRecords(exif: exif.map { OrientationRecords.exifMark + $0 }, xmp: xmp).orientation
    }

    private static let xmpMark: [UInt8] = Array("http://ns.adobe.com/xap/1.0/\0".utf8)

    /// Stores the payload of an APP1 segment; EXIF may span several, and the last XMP counts.
    private static func collect(
        _ bytes: borrowing Span<UInt8>,
        _ range: Range<Int>,
        exif: inout [UInt8]?,
        xmp: inout [UInt8]?
    ) {
        func payload(after mark: [UInt8]) -> [UInt8]? {
            guard range.count >= mark.count else { return nil }
            for (index, byte) in mark.enumerated() where bytes[range.lowerBound + index] != byte { return nil }
            return (range.lowerBound + mark.count..<range.upperBound).map { bytes[$0] }
        }
        if let more = payload(after: OrientationRecords.exifMark) {
            exif = (exif ?? []) + more
        } else if let packet = payload(after: xmpMark) {
            xmp = packet
        }
    }
}
