internal import RecCore

/// The records of a ZIP archive, as views into the file.
///
/// Sizes and positions come from the central directory, because writers that stream put them there only; ZIP64 is read.
/// Every record must lie within the file and overlap no other. Of one that is compressed or encrypted only the name can
/// be had. Source: PKWARE APPNOTE 6.3.
struct ZipArchive {
    /// The names of the records in the order of the directory.
    let names: [String]

    private let records: [String: Result<ByteRegion, RecError>]
    private let file: ByteRegion

    private static let endSignature: UInt32 = 0x0605_4B50
    private static let end64Signature: UInt32 = 0x0606_4B50
    private static let locatorSignature: UInt32 = 0x0706_4B50
    private static let entrySignature = "PK\u{1}\u{2}"
    private static let localSignature: UInt32 = 0x0403_4B50

    /// Reads the directory.
    init(_ file: ByteRegion) throws(RecError) {
        self.file = file
        let directory = try Self.directory(of: file)
        // An entry takes at least 46 bytes; the count is not trusted further than that.
        guard directory.count <= directory.region.count / 46 else {
            throw file.corrupt("The directory of its ZIP archive is cut off")
        }
        var reader = directory.region.reader()
        var names: [String] = []
        var records: [String: Result<ByteRegion, RecError>] = [:]
        var ranges: [Range<Int>] = []
        for _ in 0..<directory.count {
            let entry = try ZipEntry(&reader)
            let (record, range) = try Self.record(of: entry, in: file)
            ranges.append(range)
            guard records.updateValue(record, forKey: entry.name) == nil else {
                throw file.corrupt("Its ZIP archive has two records named '\(entry.name)'")
            }
            names.append(entry.name)
        }
        ranges.sort { $0.lowerBound < $1.lowerBound }
        for (previous, next) in zip(ranges, ranges.dropFirst()) where previous.upperBound > next.lowerBound {
            throw file.corrupt("Records of its ZIP archive overlap")
        }
        guard (ranges.last?.upperBound ?? 0) <= directory.region.start - file.start else {
            throw file.corrupt("A record of its ZIP archive overlaps the directory")
        }
        self.names = names
        self.records = records
    }

    /// The contents of a record, or `nil` when there is none of that name.
    ///
    /// Throws `unsupportedWeights` when the record is compressed or encrypted.
    func record(named name: String) throws(RecError) -> ByteRegion? { try records[name]?.get() }

    /// Where a record lies: its contents, and all bytes from its local header on.
    private static func record(
        of entry: ZipEntry,
        in file: ByteRegion
    ) throws(RecError) -> (Result<ByteRegion, RecError>, Range<Int>) {
        var header = try file.region(at: entry.headerOffset, count: 30, "A ZIP record").reader()
        guard try header.integer(UInt32.self) == localSignature else {
            throw file.corrupt("The ZIP record '\(entry.name)' has no header")
        }
        try header.skip(22)
        let nameCount = Int(try header.integer(UInt16.self))
        let extraCount = Int(try header.integer(UInt16.self))
        let start = entry.headerOffset + 30 + nameCount + extraCount
        let record = try file.region(at: start, count: entry.storedCount, "The ZIP record '\(entry.name)'")
        return (readable(record, entry), entry.headerOffset..<start + entry.storedCount)
    }

    private static func readable(_ record: ByteRegion, _ entry: ZipEntry) -> Result<ByteRegion, RecError> {
        if entry.flags & 1 != 0 {
            return .failure(record.unsupported("The ZIP record '\(entry.name)' is encrypted."))
        }
        guard entry.method == 0, entry.storedCount == entry.count else {
            return .failure(
                record.unsupported(
                    "The ZIP record '\(entry.name)' is compressed; PyTorch and Keras store records as they are. "
                        + "Unpack the archive and open what is in it."
                )
            )
        }
        return .success(record)
    }

    /// Finds the central directory: its bytes and the number of its entries.
    private static func directory(of file: ByteRegion) throws(RecError) -> (region: ByteRegion, count: Int) {
        guard let end = findEnd(in: file) else {
            throw file.corrupt("The directory at the end of its ZIP archive is missing: the file is cut off")
        }
        var reader = file.reader(at: end + 4)
        guard try reader.integer(UInt32.self) == 0 else { throw file.unsupported("Its ZIP archive has several parts.") }
        _ = try reader.integer(UInt16.self)
        var count = Int(try reader.integer(UInt16.self))
        var size = Int(try reader.integer(UInt32.self))
        var offset = Int(try reader.integer(UInt32.self))
        if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF, end >= 20 {
            var locator = file.reader(at: end - 20)
            if try locator.integer(UInt32.self) == locatorSignature {
                try locator.skip(4)
                var end64 = file.reader(at: try locator.unsigned(byteCount: 8))
                guard try end64.integer(UInt32.self) == end64Signature else {
                    throw file.corrupt("The ZIP64 directory is missing")
                }
                try end64.skip(28)
                count = try end64.unsigned(byteCount: 8)
                size = try end64.unsigned(byteCount: 8)
                offset = try end64.unsigned(byteCount: 8)
            }
        }
        let directory = try file.region(at: offset, count: size, "The directory of its ZIP archive")
        if count > 0, isBehindOthers(end: end, offset: offset, size: size, in: file) {
            throw file.foreign(ForeignKind.distributed.message)
        }
        return (directory, count)
    }

    /// Whether the directory lies where it would if the archive were behind others in the file: a part of a distributed
    /// checkpoint holds one archive for each tensor.
    private static func isBehindOthers(end: Int, offset: Int, size: Int, in file: ByteRegion) -> Bool {
        // The end record and locator of ZIP64 have 76 bytes.
        offset + size < end - 76
            && [end - size, end - size - 76].contains { file.matches(entrySignature, at: $0) }
    }

    /// The position of the end record, which a comment of up to 64 KiB may follow.
    private static func findEnd(in file: ByteRegion) -> Int? {
        var offset = file.count - 22
        let limit = max(0, file.count - 22 - 0xFFFF)
        while offset >= limit {
            var reader = file.reader(at: offset)
            if (try? reader.integer(UInt32.self)) == endSignature {
                try? reader.skip(16)
                if let comment = try? reader.integer(UInt16.self), Int(comment) == reader.remaining { return offset }
            }
            offset -= 1
        }
        return nil
    }
}
