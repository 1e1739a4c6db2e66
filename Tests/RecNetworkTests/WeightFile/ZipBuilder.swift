import Foundation

/// Writes ZIP archives of stored records, rightly or wrongly.
struct ZipBuilder {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// Adds a record; the parameters that have defaults make it wrong.
    mutating func add(
        _ name: String,
        _ data: [UInt8],
        method: UInt16 = 0,
        flags: UInt16 = 0,
        storedCount: Int? = nil,
        headerOffset: Int? = nil
    ) {
        let offset = headerOffset ?? body.count
        let size = little(UInt32(storedCount ?? data.count))
        body += little(UInt32(0x0403_4B50)) + [0, 0] + little(flags) + little(method) + [UInt8](repeating: 0, count: 8)
        body += size + size + little(UInt16(name.utf8.count)) + [0, 0] + name.utf8 + data
        directory += little(UInt32(0x0201_4B50)) + [0, 0, 0, 0] + little(flags) + little(method)
        directory += [UInt8](repeating: 0, count: 8) + size + size + little(UInt16(name.utf8.count))
        directory += [UInt8](repeating: 0, count: 12) + little(UInt32(offset)) + name.utf8
        count += 1
    }

    /// The archive.
    var archive: [UInt8] {
        let end = little(UInt32(0x0605_4B50)) + [0, 0, 0, 0] + little(UInt16(count)) + little(UInt16(count))
        return body + directory + end + little(UInt32(directory.count)) + little(UInt32(body.count)) + [0, 0]
    }

    /// The archive with a ZIP64 directory, as archives of more than 4 GB have: sizes and positions of 64 bits.
    static func zip64(_ records: [(name: String, data: [UInt8])]) -> [UInt8] {
        var (body, directory): ([UInt8], [UInt8]) = ([], [])
        for (name, data) in records {
            let start = [0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 8)
            let sizes = little(UInt32.max) + little(UInt32.max) + little(UInt16(name.utf8.count))
            let extra = little(UInt16(1)) + little(UInt16(24)) + little(UInt64(data.count)) + little(UInt64(data.count))
            directory += little(UInt32(0x0201_4B50)) + [0, 0] + start + sizes + little(UInt16(28))
            directory += [UInt8](repeating: 0, count: 10) + little(UInt32.max) + name.utf8 + extra
            directory += little(UInt64(body.count))
            // The local header is followed by padding, as PyTorch aligns records: extra field "FB".
            body += little(UInt32(0x0403_4B50)) + start + sizes + little(UInt16(7)) + name.utf8
            body += Array("FB".utf8) + little(UInt16(3)) + Array("ZZZ".utf8) + data
        }
        let count = little(UInt64(records.count))
        let place = little(UInt64(directory.count)) + little(UInt64(body.count))
        let end64 = little(UInt32(0x0606_4B50)) + little(UInt64(44)) + [UInt8](repeating: 0, count: 12) + count + count
        let locator = little(UInt32(0x0706_4B50)) + [0, 0, 0, 0] + little(UInt64(body.count + directory.count))
        let end = little(UInt32(0x0605_4B50)) + [0, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 12) + [0, 0]
        return body + directory + end64 + place + locator + little(UInt32(1)) + end
    }

    /// A PyTorch archive of a pickle and one storage.
    static func checkpoint(pickle: [UInt8], storage: [UInt8] = []) -> [UInt8] {
        var builder = ZipBuilder()
        builder.add("archive/data.pkl", pickle)
        builder.add("archive/data/0", storage)
        return builder.archive
    }
}

/// The bytes of an integer, least significant first.
func little<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
    (0..<Integer.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}
