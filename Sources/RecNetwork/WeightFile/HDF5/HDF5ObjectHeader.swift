internal import RecCore

/// Reads object headers of both versions with their continuation blocks.
enum HDF5ObjectHeader {
    /// The messages of the header at an address.
    static func messages(at address: Int, in file: HDF5File) throws(RecError) -> [HDF5Message] {
        try file.spend()
        return file.region.matches("OHDR", at: address)
            ? try version2(at: address, in: file) : try version1(at: address, in: file)
    }

    private static func version1(at address: Int, in file: HDF5File) throws(RecError) -> [HDF5Message] {
        var reader = file.region.reader(at: address)
        guard try reader.byte() == 1 else { throw file.region.corrupt("An HDF5 object header is damaged") }
        try reader.skip(7)
        let size = Int(try reader.integer(UInt32.self))
        try reader.skip(4)
        var blocks = [try reader.region(size, "An HDF5 object header")]
        var messages: [HDF5Message] = []
        var next = 0
        while next < blocks.count {
            var block = blocks[next].reader()
            next += 1
            while block.remaining >= 8 {
                try file.spend()
                let kind = Int(try block.integer(UInt16.self))
                let size = Int(try block.integer(UInt16.self))
                let flags = try block.byte()
                try block.skip(3)
                let body = try block.region(size, "An HDF5 message")
                try add(kind, flags, body, to: &messages, blocks: &blocks, in: file)
            }
        }
        return messages
    }

    private static func version2(at address: Int, in file: HDF5File) throws(RecError) -> [HDF5Message] {
        var reader = file.region.reader(at: address + 4)
        guard try reader.byte() == 2 else { throw file.region.corrupt("An HDF5 object header is damaged") }
        let flags = try reader.byte()
        try reader.skip((flags & 0x20 != 0 ? 16 : 0) + (flags & 0x10 != 0 ? 4 : 0))
        let size = try reader.unsigned(byteCount: 1 << Int(flags & 3))
        var blocks = [try reader.region(size, "An HDF5 object header")]
        var messages: [HDF5Message] = []
        var next = 0
        while next < blocks.count {
            var block = blocks[next].reader()
            // A continuation is enclosed by a signature and a checksum.
            if next > 0 {
                guard blocks[next].matches("OCHK"), blocks[next].count >= 8 else {
                    throw file.region.corrupt("An HDF5 object header does not go on where it says")
                }
                block = try blocks[next].region(at: 4, count: blocks[next].count - 8, "An HDF5 message").reader()
            }
            next += 1
            let headerSize = flags & 4 != 0 ? 6 : 4
            while block.remaining >= headerSize {
                try file.spend()
                let kind = Int(try block.byte())
                let size = Int(try block.integer(UInt16.self))
                let messageFlags = try block.byte()
                try block.skip(headerSize - 4)
                let body = try block.region(size, "An HDF5 message")
                try add(kind, messageFlags, body, to: &messages, blocks: &blocks, in: file)
            }
        }
        return messages
    }

    private static func add(
        _ kind: Int,
        _ flags: UInt8,
        _ body: ByteRegion,
        to messages: inout [HDF5Message],
        blocks: inout [ByteRegion],
        in file: HDF5File
    ) throws(RecError) {
        guard let kind = HDF5Message.Kind(rawValue: kind) else { return }
        if kind == .continuation {
            var reader = body.reader()
            guard let address = try file.address(&reader) else { return }
            try file.spend()
            blocks.append(try file.region.region(at: address, count: try file.length(&reader), "An HDF5 object header"))
        } else {
            messages.append(HDF5Message(kind: kind, isShared: flags & 2 != 0, body: body))
        }
    }
}
