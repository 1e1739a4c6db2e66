internal import RecFiles

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
        var records = OrientationRecords()
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
                let length = max(2, bytes.uint16(at: position + 2))
                let end = position + 2 + length
                guard end <= bytes.count else { break walk }
                if marker == 0xE1 { Self.collect(bytes.extracting(position + 4..<end), into: &records) }
                position = end
            }
        }
        orientation = records.orientation
    }

    private static let xmpMark: [UInt8] = Array("http://ns.adobe.com/xap/1.0/\0".utf8)

    /// Stores the payload of an APP1 segment; EXIF may span several, and the last XMP counts.
    private static func collect(_ segment: Span<UInt8>, into records: inout OrientationRecords) {
        func payload(after mark: [UInt8]) -> [UInt8]? {
            guard segment.count >= mark.count, segment.agrees(with: mark) else { return nil }
            return segment.extracting(mark.count...).array
        }
        if let more = payload(after: OrientationRecords.exifMark) {
            records.exif = (records.exif ?? OrientationRecords.exifMark) + more
        } else if let packet = payload(after: xmpMark) {
            records.xmp = packet
        }
    }
}
