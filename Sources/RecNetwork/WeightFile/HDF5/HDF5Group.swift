internal import RecCore

/// Reads the links of groups: symbol tables of the original format; messages and fractal heaps of the later one.
enum HDF5Group {
    /// The hard links of a group by name; soft and external links are passed over.
    static func links(of group: HDF5Object) throws(RecError) -> [(name: String, address: Int)] {
        let file = group.file
        var links: [(name: String, address: Int)] = []
        if let table = try group.body(.symbolTable) {
            var reader = table.reader()
            guard let tree = try file.address(&reader), let heap = try file.address(&reader) else { return [] }
            let names = try localHeap(at: heap, in: file)
            try symbols(at: tree, level: nil, names: names, in: file, into: &links)
        }
        for message in group.messages where message.kind == .link && !message.isShared {
            if let link = try link(message.body, in: file) { links.append(link) }
        }
        if let info = try group.body(.linkInfo) {
            links += try denseLinks(info, in: file)
        }
        return links.sorted { NaturalOrder.precedes($0.name, $1.name) }
    }

    // MARK: Symbol tables

    private static func localHeap(at address: Int, in file: HDF5File) throws(RecError) -> ByteRegion {
        var reader = try file.reader(at: address, signature: "HEAP")
        try reader.skip(4)
        let size = try file.length(&reader)
        _ = try file.length(&reader)
        guard let data = try file.address(&reader) else { throw file.region.corrupt("An HDF5 heap has no data") }
        return try file.region.region(at: data, count: size, "An HDF5 heap")
    }

    /// Goes through a tree (version 1) of symbol tables; levels fall by one, so the depth is limited.
    private static func symbols(
        at address: Int,
        level: Int?,
        names: ByteRegion,
        in file: HDF5File,
        into links: inout [(name: String, address: Int)]
    ) throws(RecError) {
        var reader = try file.reader(at: address, signature: "TREE")
        let (kind, found) = (try reader.byte(), Int(try reader.byte()))
        guard kind == 0, found == level ?? found, found < 32 else {
            throw file.region.corrupt("An HDF5 tree of names is damaged")
        }
        let count = Int(try reader.integer(UInt16.self))
        try reader.skip(2 * file.offsetSize)
        for _ in 0..<count {
            try reader.skip(file.lengthSize)
            guard let child = try file.address(&reader) else { continue }
            if found > 0 {
                try symbols(at: child, level: found - 1, names: names, in: file, into: &links)
            } else {
                try symbolNode(at: child, names: names, in: file, into: &links)
            }
        }
    }

    private static func symbolNode(
        at address: Int,
        names: ByteRegion,
        in file: HDF5File,
        into links: inout [(name: String, address: Int)]
    ) throws(RecError) {
        var reader = try file.reader(at: address, signature: "SNOD")
        try reader.skip(2)
        for _ in 0..<Int(try reader.integer(UInt16.self)) {
            try file.spend()
            var name = names.reader(at: try reader.unsigned(byteCount: file.offsetSize))
            let object = try file.address(&reader)
            let isSoft = try reader.integer(UInt32.self) == 2
            try reader.skip(20)
            guard let object, !isSoft else { continue }
            var bytes: [UInt8] = []
            while case let byte = try name.byte(), byte != 0 { bytes.append(byte) }
            try file.spend(bytes.count / 16)
            links.append((String(decoding: bytes, as: UTF8.self), object))
        }
    }

    // MARK: Links

    /// Reads a link message; `nil` when it is no hard link.
    private static func link(
        _ body: ByteRegion,
        in file: HDF5File
    ) throws(RecError) -> (name: String, address: Int)? {
        try file.spend()
        var reader = body.reader()
        guard try reader.byte() == 1 else { throw body.unsupported("It has an HDF5 link of an unknown version.") }
        let flags = try reader.byte()
        let kind = flags & 8 != 0 ? try reader.byte() : 0
        try reader.skip((flags & 4 != 0 ? 8 : 0) + (flags & 16 != 0 ? 1 : 0))
        let name = try reader.text(try reader.unsigned(byteCount: 1 << Int(flags & 3)))
        guard kind == 0, let address = try file.address(&reader) else { return nil }
        return (name, address)
    }

    private static func denseLinks(
        _ info: ByteRegion,
        in file: HDF5File
    ) throws(RecError) -> [(name: String, address: Int)] {
        var reader = info.reader(at: 1)
        let flags = try reader.byte()
        try reader.skip(flags & 1 != 0 ? 8 : 0)
        guard let heap = try file.address(&reader), let index = try file.address(&reader) else { return [] }
        let fractal = try HDF5FractalHeap(at: heap, in: file)
        var links: [(name: String, address: Int)] = []
        for record in try HDF5TreeV2.records(at: index, in: file) {
            // A record: hash of the name (4), identifier in the heap (7).
            let id = try record.region(at: 4, count: 7, "An HDF5 heap identifier")
            if let link = try link(try fractal.object(id), in: file) { links.append(link) }
        }
        return links
    }
}
