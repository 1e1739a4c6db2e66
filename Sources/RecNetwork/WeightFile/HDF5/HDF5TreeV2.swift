internal import RecCore

/// Reads trees of version 2, which index links and attributes.
enum HDF5TreeV2 {
    /// All records of a tree, in its order.
    static func records(at address: Int, in file: HDF5File) throws(RecError) -> [ByteRegion] {
        var reader = try file.reader(at: address, signature: "BTHD")
        try reader.skip(2)
        let nodeSize = Int(try reader.integer(UInt32.self))
        let recordSize = Int(try reader.integer(UInt16.self))
        let depth = Int(try reader.integer(UInt16.self))
        try reader.skip(2)
        guard let root = try file.address(&reader) else { return [] }
        let count = Int(try reader.integer(UInt16.self))
        guard depth < 16, recordSize > 0, nodeSize > 16 else { throw file.region.corrupt("An HDF5 tree is damaged") }
        let shape = Shape(nodeSize: nodeSize, recordSize: recordSize, depth: depth, file: file)
        var records: [ByteRegion] = []
        try read(at: root, count: count, depth: depth, shape: shape, in: file, into: &records)
        return records
    }

    /// The sizes that follow from the header of a tree.
    private struct Shape {
        let nodeSize: Int
        let recordSize: Int
        /// The number of bytes of a node's record count, and, by depth, of the total below a child.
        let countSize: Int
        let totalSizes: [Int]

        init(nodeSize: Int, recordSize: Int, depth: Int, file: HDF5File) {
            self.nodeSize = nodeSize
            self.recordSize = recordSize
            // A node has a signature, version, type and checksum: 10 bytes.
            let leafCapacity = (nodeSize - 10) / recordSize
            countSize = Self.byteCount(leafCapacity)
            var totals = [0]
            var capacity = leafCapacity
            for level in 0..<max(depth, 0) {
                totals.append(level == 0 ? 0 : Self.byteCount(capacity))
                let pointer = file.offsetSize + countSize + totals[level + 1]
                let fanOut = (nodeSize - 10 - pointer) / (recordSize + pointer)
                let (product, overflow) = (fanOut + 1).multipliedReportingOverflow(by: max(capacity, 0))
                capacity = overflow ? Int.max / 2 : min(product, Int.max / 2) + max(fanOut, 0)
            }
            totalSizes = totals
        }

        /// The fewest bytes that hold a number.
        private static func byteCount(_ value: Int) -> Int {
            max(1, (Int.bitWidth - max(value, 0).leadingZeroBitCount + 7) / 8)
        }
    }

    private static func read(
        at address: Int,
        count: Int,
        depth: Int,
        shape: Shape,
        in file: HDF5File,
        into records: inout [ByteRegion]
    ) throws(RecError) {
        var reader = try file.reader(at: address, signature: depth == 0 ? "BTLF" : "BTIN")
        try reader.skip(2)
        var own: [ByteRegion] = []
        for _ in 0..<count {
            try file.spend()
            own.append(try reader.region(shape.recordSize, "An HDF5 tree"))
        }
        guard depth > 0 else {
            records += own
            return
        }
        for index in 0...count {
            let child = try file.address(&reader)
            let childCount = try littleEndian(&reader, byteCount: shape.countSize)
            try reader.skip(shape.totalSizes[depth])
            if let child {
                try read(at: child, count: childCount, depth: depth - 1, shape: shape, in: file, into: &records)
            }
            if index < count { records.append(own[index]) }
        }
    }

    private static func littleEndian(_ reader: inout RegionReader, byteCount: Int) throws(RecError) -> Int {
        guard byteCount < 8 else { return try reader.unsigned(byteCount: 8) }
        return try reader.bytes(byteCount).reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
