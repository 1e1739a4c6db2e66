internal import RecCore
internal import RecFiles

/// A bounds-checked cursor over a ``ByteRegion``; integers are little-endian.
///
/// Every read beyond the end throws.
struct RegionReader {
    /// What is read.
    let region: ByteRegion
    /// The position of the next byte in the region.
    private(set) var offset: Int

    /// The number of bytes that are left.
    var remaining: Int { region.count - offset }

    /// Reads an integer.
    mutating func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
        _ type: Integer.Type
    ) throws(RecError) -> Integer {
        let size = MemoryLayout<Integer>.size
        guard size <= remaining, let value = region.file.littleEndian(type, at: region.start + offset) else {
            throw endOfData
        }
        offset += size
        return value
    }

    /// Reads a byte.
    mutating func byte() throws(RecError) -> UInt8 { try integer(UInt8.self) }

    /// Reads an unsigned integer of 1, 2, 4 or 8 bytes that must fit `Int`.
    mutating func unsigned(byteCount: Int) throws(RecError) -> Int {
        switch byteCount {
        case 1: return Int(try integer(UInt8.self))
        case 2: return Int(try integer(UInt16.self))
        case 4: return Int(try integer(UInt32.self))
        default:
            guard let value = Int(exactly: try integer(UInt64.self)) else {
                throw region.corrupt("It states a size or position beyond any file")
            }
            return value
        }
    }

    /// Reads some bytes.
    mutating func bytes(_ count: Int) throws(RecError) -> [UInt8] {
        guard count >= 0, count <= remaining,
            let bytes = region.file.bytes(at: region.start + offset, count: count)
        else { throw endOfData }
        offset += count
        return bytes
    }

    /// Reads text of a known length; bytes that are not UTF-8 are replaced.
    mutating func text(_ count: Int) throws(RecError) -> String {
        String(decoding: try bytes(count), as: UTF8.self)
    }

    /// Reads a line, without its line feed.
    mutating func line(limit: Int) throws(RecError) -> String {
        var bytes: [UInt8] = []
        while true {
            let byte = try byte()
            if byte == 0x0A { return String(decoding: bytes, as: UTF8.self) }
            guard bytes.count < limit else { throw region.corrupt("It has a line that does not end") }
            bytes.append(byte)
        }
    }

    /// Passes over some bytes.
    mutating func skip(_ count: Int) throws(RecError) {
        guard count >= 0, count <= remaining else { throw endOfData }
        offset += count
    }

    /// Takes the next bytes as a region of their own and passes over them.
    mutating func region(_ count: Int, _ what: String) throws(RecError) -> ByteRegion {
        let part = try region.region(at: offset, count: count, what)
        offset += count
        return part
    }

    private var endOfData: RecError { region.corrupt("It ends before its contents do") }
}
