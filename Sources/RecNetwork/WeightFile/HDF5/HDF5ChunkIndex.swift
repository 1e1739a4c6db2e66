internal import RecCore

/// Reads the list of a data set's chunks.
enum HDF5ChunkIndex {
    /// Zeros compress about a thousandfold; weights do not.
    ///
    /// Beyond both limits a data set is taken for a bomb.
    private static let freeBytes = 1 << 26
    private static let greatestRatio = 16

    /// The chunks of a data set, or `nil` when none was ever written; `layout` is behind the version and class of the
    /// layout message.
    static func chunks(
        of object: HDF5Object,
        layout: inout RegionReader,
        version: UInt8,
        shape: [Int],
        elementType: ElementType,
        name: String
    ) throws(RecError) -> HDF5ChunkedData? {
        let file = object.file
        let filters = try object.body(.filters).map { body throws(RecError) in
            try HDF5Filter.pipeline(body, name: name)
        }
        guard let byteCount = (shape + [elementType.byteCount]).checkedProduct,
            byteCount <= greatestByteCount(in: file)
        else { throw file.region.unsupported("The data set '\(name)' is far larger than the file.") }
        let found =
            version == 3
            ? try tree(&layout, shape: shape, elementType: elementType, name: name, in: file)
            : try singleChunk(&layout, shape: shape, elementType: elementType, name: name, in: file)
        guard let found else { return nil }
        return HDF5ChunkedData(
            chunkShape: found.chunkShape,
            elementSize: elementType.byteCount,
            filters: filters ?? [],
            chunks: found.chunks,
            region: file.region
        )
    }

    /// Layout version 3: rank, address of a tree, sizes.
    private static func tree(
        _ layout: inout RegionReader,
        shape: [Int],
        elementType: ElementType,
        name: String,
        in file: HDF5File
    ) throws(RecError) -> (chunkShape: [Int], chunks: [HDF5ChunkedData.Chunk])? {
        let rank = Int(try layout.byte())
        let root = try file.address(&layout)
        var sizes: [Int] = []
        for _ in 0..<rank { sizes.append(Int(try layout.integer(UInt32.self))) }
        let chunkShape = try checked(sizes, shape: shape, elementType: elementType, name: name, in: file)
        guard let root else { return nil }
        var chunks: [HDF5ChunkedData.Chunk] = []
        try readTree(at: root, level: nil, rank: rank, in: file, into: &chunks)
        return (chunkShape, chunks)
    }

    /// Layout versions 4 and 5: flags, rank, width of the sizes, sizes, kind of index; of those kinds the single chunk.
    private static func singleChunk(
        _ layout: inout RegionReader,
        shape: [Int],
        elementType: ElementType,
        name: String,
        in file: HDF5File
    ) throws(RecError) -> (chunkShape: [Int], chunks: [HDF5ChunkedData.Chunk])? {
        let flags = try layout.byte()
        let rank = Int(try layout.byte())
        let width = Int(try layout.byte())
        guard (1...8).contains(width) else { throw file.region.corrupt("The chunks of '\(name)' are damaged") }
        var sizes: [Int] = []
        for _ in 0..<rank {
            let size = try layout.bytes(width).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            sizes.append(Int(clamping: size))
        }
        let chunkShape = try checked(sizes, shape: shape, elementType: elementType, name: name, in: file)
        guard try layout.byte() == 1 else {
            throw file.region.unsupported(
                "The data set '\(name)' has chunks in an index of HDF5 1.10; write it without libver='latest'."
            )
        }
        let isFiltered = flags & 2 != 0
        let storedCount = isFiltered ? try file.length(&layout) : chunkShape.reduce(elementType.byteCount, *)
        let mask = isFiltered ? try layout.integer(UInt32.self) : 0
        guard let address = try file.address(&layout) else { return nil }
        let data = try file.region.region(at: address, count: storedCount, "A chunk of '\(name)'")
        return (chunkShape, [.init(origin: shape.map { _ in 0 }, skippedFilters: mask, data: data)])
    }

    /// The shape of each chunk; what the file gives has the size of an element as a last dimension.
    private static func checked(
        _ sizes: [Int],
        shape: [Int],
        elementType: ElementType,
        name: String,
        in file: HDF5File
    ) throws(RecError) -> [Int] {
        guard sizes.count == shape.count + 1, sizes.last == elementType.byteCount, !sizes.contains(0),
            let byteCount = sizes.checkedProduct
        else { throw file.region.corrupt("The chunks of '\(name)' do not fit its shape") }
        // Chunks reach beyond the edges of the data set, but their sum must stay in proportion too.
        let grid = zip(shape, sizes).map { ($0 - 1) / $1 + 1 }
        guard let total = (grid + [byteCount]).checkedProduct, total / 4 <= greatestByteCount(in: file) else {
            throw file.region.unsupported("The chunks of '\(name)' are far larger than the file.")
        }
        return Array(sizes.dropLast())
    }

    private static func greatestByteCount(in file: HDF5File) -> Int {
        max(freeBytes, min(file.region.count, Int.max / greatestRatio) * greatestRatio)
    }

    private static func readTree(
        at address: Int,
        level: Int?,
        rank: Int,
        in file: HDF5File,
        into chunks: inout [HDF5ChunkedData.Chunk]
    ) throws(RecError) {
        var reader = try file.reader(at: address, signature: "TREE")
        let (kind, found) = (try reader.byte(), Int(try reader.byte()))
        guard kind == 1, found == level ?? found, found < 32 else {
            throw file.region.corrupt("An HDF5 tree of chunks is damaged")
        }
        let count = Int(try reader.integer(UInt16.self))
        try reader.skip(2 * file.offsetSize)
        for _ in 0..<count {
            try file.spend()
            let storedCount = Int(try reader.integer(UInt32.self))
            let mask = try reader.integer(UInt32.self)
            var origin: [Int] = []
            for _ in 0..<rank { origin.append(try reader.unsigned(byteCount: 8)) }
            guard let child = try file.address(&reader) else { continue }
            if found > 0 {
                try readTree(at: child, level: found - 1, rank: rank, in: file, into: &chunks)
            } else {
                let data = try file.region.region(at: child, count: storedCount, "A chunk")
                chunks.append(.init(origin: origin.dropLast(), skippedFilters: mask, data: data))
            }
        }
    }
}
