/// Reads the orientation out of an EXIF record: a TIFF header and its first directory.
///
/// The rules are those of Pillow's reader, including its oddities, because both must turn the same pictures: of two
/// entries the first readable one counts; an entry with data outside the record ends the reading; floats and fractions
/// count when they equal one of the eight values. Reading never fails: unreadable data counts as absent.
struct EXIFDirectory {
    /// The number of the orientation tag.
    private static let orientationTag: UInt16 = 0x0112

    /// The record, after any `Exif\0\0`.
    private let bytes: [UInt8]
    private let isBigEndian: Bool

    /// Opens a record; `nil` when it does not start as TIFF does.
    init?(_ record: [UInt8]) {
        guard record.count >= 8 else { return nil }
        switch (record[0], record[1], record[2], record[3]) {
        case (0x4D, 0x4D, 0x00, 0x2A), (0x4D, 0x4D, 0x2A, 0x00): isBigEndian = true
        case (0x49, 0x49, 0x2A, 0x00), (0x49, 0x49, 0x00, 0x2A): isBigEndian = false
        default: return nil
        }
        bytes = record
    }

    /// The orientation entry of the first directory.
    enum Finding: Equatable {
        /// There is no readable entry.
        case absent
        /// There is an entry, with its value if that is one of the eight numbers.
        case present(Orientation?)
    }

    /// Searches the entries in order.
    func orientation() -> Finding {
        guard let start = unsigned(at: 4, size: 4), let count = unsigned(at: start, size: 2) else { return .absent }
        var outOfLine = 0
        for index in 0..<count {
            let entry = start + 2 + 12 * index
            guard entry + 12 <= bytes.count, let tag = unsigned(at: entry, size: 2),
                let type = unsigned(at: entry + 2, size: 2), let values = unsigned(at: entry + 4, size: 4)
            else { return .absent }
            guard let kind = Kind(rawValue: type) else { continue }
            let size = values * kind.size
            var offset = entry + 8
            if size > 4 {
                outOfLine += size
                guard outOfLine <= bytes.count, let place = unsigned(at: offset, size: 4) else { continue }
                guard place + size <= bytes.count else { return .absent }
                offset = place
            }
            guard size > 0, tag == Int(Self.orientationTag) else { continue }
            return .present(number(kind, at: offset).flatMap { Int(exactly: $0) }.flatMap(Orientation.init))
        }
        return .absent
    }

    /// The types of values, by TIFF's numbers.
    private enum Kind: Int {
        case byte = 1
        case text
        case short
        case long
        case rational
        case signedByte
        case undefined
        case signedShort
        case signedLong
        case signedRational
        case float
        case double
        case directory
        case long8 = 16

        /// The size of one value in bytes.
        var size: Int {
            switch self {
            case .byte, .text, .signedByte, .undefined: 1
            case .short, .signedShort: 2
            case .long, .signedLong, .float, .directory: 4
            case .rational, .signedRational, .double, .long8: 8
            }
        }
    }

    /// One value as a number; `nil` for text and bytes, which never name an orientation.
    private func number(_ kind: Kind, at offset: Int) -> Double? {
        switch kind {
        case .byte, .text, .undefined: nil
        case .short, .signedShort, .long, .signedLong, .directory, .signedByte:
            // The eight values are small: a negative number read as a large one is none of them either.
            unsigned(at: offset, size: kind.size).map(Double.init)
        case .rational, .signedRational: fraction(at: offset)
        case .float: unsigned(at: offset, size: 4).map { Double(Float(bitPattern: UInt32(truncatingIfNeeded: $0))) }
        case .double: pattern(at: offset).map { Double(bitPattern: $0) }
        case .long8: pattern(at: offset).map { Double($0) }
        }
    }

    private func fraction(at offset: Int) -> Double? {
        guard let numerator = unsigned(at: offset, size: 4), let denominator = unsigned(at: offset + 4, size: 4),
            denominator != 0
        else { return nil }
        return Double(numerator) / Double(denominator)
    }

    private func pattern(at offset: Int) -> UInt64? {
        guard let first = unsigned(at: offset, size: 4), let second = unsigned(at: offset + 4, size: 4) else {
            return nil
        }
        let (high, low) = isBigEndian ? (first, second) : (second, first)
        return UInt64(high) << 32 | UInt64(low)
    }

    /// An unsigned number of up to four bytes in the record's byte order; `nil` when it lies outside.
    private func unsigned(at offset: Int, size: Int) -> Int? {
        guard offset >= 0, offset + size <= bytes.count else { return nil }
        var value = 0
        for index in 0..<size {
            value = value << 8 | Int(bytes[isBigEndian ? offset + index : offset + size - 1 - index])
        }
        return value
    }
}
