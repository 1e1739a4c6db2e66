internal import RecCore

/// One entry of the central directory of a ZIP archive.
struct ZipEntry {
    /// The path of the record.
    let name: String
    /// Bit 0: encrypted.
    let flags: UInt16
    /// 0: stored.
    let method: UInt16
    /// The size in the archive.
    let storedCount: Int
    /// The size of the contents.
    let count: Int
    /// Where the local header is.
    let headerOffset: Int

    /// Reads an entry and passes over it.
    init(_ reader: inout RegionReader) throws(RecError) {
        guard try reader.integer(UInt32.self) == 0x0201_4B50 else {
            throw reader.region.corrupt("The directory of its ZIP archive is damaged")
        }
        try reader.skip(4)
        flags = try reader.integer(UInt16.self)
        method = try reader.integer(UInt16.self)
        try reader.skip(8)
        var storedCount = Int(try reader.integer(UInt32.self))
        var count = Int(try reader.integer(UInt32.self))
        let nameCount = Int(try reader.integer(UInt16.self))
        let extraCount = Int(try reader.integer(UInt16.self))
        let commentCount = Int(try reader.integer(UInt16.self))
        try reader.skip(8)
        var headerOffset = Int(try reader.integer(UInt32.self))
        name = try reader.text(nameCount)
        var extra = try reader.region(extraCount, "A ZIP entry").reader()
        while extra.remaining >= 4 {
            let tag = try extra.integer(UInt16.self)
            var field = try extra.region(Int(try extra.integer(UInt16.self)), "A ZIP entry").reader()
            // ZIP64: the values that did not fit, in this order.
            guard tag == 1 else { continue }
            if count == 0xFFFF_FFFF { count = try field.unsigned(byteCount: 8) }
            if storedCount == 0xFFFF_FFFF { storedCount = try field.unsigned(byteCount: 8) }
            if headerOffset == 0xFFFF_FFFF { headerOffset = try field.unsigned(byteCount: 8) }
        }
        try reader.skip(commentCount)
        self.storedCount = storedCount
        self.count = count
        self.headerOffset = headerOffset
    }
}
