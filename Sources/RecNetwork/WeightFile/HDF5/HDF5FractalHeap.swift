internal import RecCore

/// Finds objects in a fractal heap: a table of blocks whose sizes double every second row.
struct HDF5FractalHeap {
    private let file: HDF5File
    private let root: Int
    private let rowCount: Int
    private let width: Int
    private let startingSize: Int
    private let maximumDirectSize: Int
    private let offsetSize: Int
    private let lengthSize: Int

    /// Reads the header of a heap.
    init(at address: Int, in file: HDF5File) throws(RecError) {
        self.file = file
        var reader = try file.reader(at: address, signature: "FRHP")
        try reader.skip(3)
        let filterSize = try reader.integer(UInt16.self)
        guard filterSize == 0 else { throw file.region.unsupported("It has an HDF5 heap with filters.") }
        _ = try reader.byte()
        let maximumObjectSize = Int(try reader.integer(UInt32.self))
        // Huge objects and free space, then statistics: they matter to writers only.
        try reader.skip(10 * file.lengthSize + 2 * file.offsetSize)
        width = Int(try reader.integer(UInt16.self))
        startingSize = try file.length(&reader)
        maximumDirectSize = try file.length(&reader)
        let heapBits = Int(try reader.integer(UInt16.self))
        try reader.skip(2)
        root = try file.address(&reader) ?? 0
        rowCount = Int(try reader.integer(UInt16.self))
        offsetSize = (heapBits + 7) / 8
        lengthSize = max(1, (Int.bitWidth - min(maximumDirectSize, maximumObjectSize).leadingZeroBitCount + 7) / 8)
        guard root > 0, width > 0, startingSize > 0, maximumDirectSize >= startingSize,
            maximumDirectSize <= 1 << 32, startingSize & (startingSize - 1) == 0, (1...8).contains(offsetSize),
            lengthSize <= 8, rowCount < 64
        else { throw file.region.corrupt("An HDF5 heap is damaged") }
    }

    /// The object of an identifier: flags, offset and length in the heap.
    func object(_ id: ByteRegion) throws(RecError) -> ByteRegion {
        try file.spend()
        let bytes = id.prefix(id.count)
        guard bytes.count >= 1 + offsetSize + lengthSize, bytes[0] & 0xF0 == 0 else {
            throw file.region.unsupported("It has HDF5 names or attributes of more than 64 KiB.")
        }
        let offset = Self.littleEndian(bytes[1..<1 + offsetSize])
        let length = Self.littleEndian(bytes[(1 + offsetSize)..<(1 + offsetSize + lengthSize)])
        guard let offset, let length else { throw file.region.corrupt("An HDF5 heap is damaged") }
        let (block, start) = try directBlock(containing: offset)
        let (address, overflow) = block.addingReportingOverflow(offset - start)
        guard !overflow else { throw file.region.corrupt("An HDF5 heap is damaged") }
        return try file.region.region(at: address, count: length, "An object of an HDF5 heap")
    }

    /// The address of the direct block that has an offset, and the offset at which the block starts.
    private func directBlock(containing offset: Int) throws(RecError) -> (address: Int, start: Int) {
        var (address, rows, start) = (root, rowCount, 0)
        // Each step goes to a smaller block.
        for _ in 0..<16 {
            guard rows > 0 else {
                guard file.region.matches("FHDB", at: address) else { break }
                return (address, start)
            }
            var reader = try file.reader(at: address, signature: "FHIB")
            try reader.skip(1 + file.offsetSize + offsetSize)
            var found: (address: Int, rows: Int)?
            search: for row in 0..<rows {
                let shift = max(0, row - 1)
                // Blocks of more than a terabyte: none, and the sums below cannot overflow.
                guard shift < 40, startingSize <= (1 << 40) >> shift else { break }
                let size = startingSize << shift
                for _ in 0..<width {
                    try file.spend()
                    let child = try file.address(&reader)
                    if offset < start + size {
                        guard let child else { break search }
                        found = (child, size <= maximumDirectSize ? 0 : indirectRows(size))
                        break search
                    }
                    start += size
                }
            }
            guard let found else { break }
            (address, rows) = found
        }
        throw file.region.corrupt("An object of an HDF5 heap is missing")
    }

    /// The number of rows of an indirect block that covers a number of bytes.
    private func indirectRows(_ size: Int) -> Int {
        let log = { (value: Int) in Int.bitWidth - 1 - max(value, 1).leadingZeroBitCount }
        return max(1, log(size) - log(startingSize) - log(width) + 1)
    }

    private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count < 8 || bytes.last ?? 0 < 0x80 else { return nil }
        return bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
