internal import RecCore

/// A step that turned the elements of a chunk into what is stored.
enum HDF5Filter: Sendable {
    /// zlib.
    case deflate
    /// The first bytes of all elements, then the second bytes, and so on.
    case shuffle(elementSize: Int)

    /// Reads the body of a filter message: the steps in the order in which a writer takes them.
    static func pipeline(_ body: ByteRegion, name: String) throws(RecError) -> [HDF5Filter] {
        var reader = body.reader()
        let version = try reader.byte()
        let count = try reader.byte()
        guard version == 1 || version == 2, count <= 8 else {
            throw body.corrupt("The filters of '\(name)' are damaged")
        }
        if version == 1 { try reader.skip(6) }
        var filters: [HDF5Filter] = []
        for _ in 0..<count {
            let id = try reader.integer(UInt16.self)
            let nameSize = version == 1 || id >= 256 ? Int(try reader.integer(UInt16.self)) : 0
            try reader.skip(2)
            let valueCount = Int(try reader.integer(UInt16.self))
            try reader.skip(version == 1 ? (nameSize + 7) / 8 * 8 : nameSize)
            var values: [UInt32] = []
            for _ in 0..<valueCount { values.append(try reader.integer(UInt32.self)) }
            if version == 1, !valueCount.isMultiple(of: 2) { try reader.skip(4) }
            switch id {
            case 1: filters.append(.deflate)
            case 2: filters.append(.shuffle(elementSize: Int(values.first ?? 1)))
            default:
                throw body.unsupported(
                    "The data set '\(name)' is stored with the HDF5 filter \(names[id] ?? String(id)); "
                        + "write it without filters, with gzip or with shuffle."
                )
            }
        }
        return filters
    }

    private static let names: [UInt16: String] = [
        3: "fletcher32", 4: "szip", 5: "nbit", 6: "scaleoffset", 32000: "lzf", 32001: "blosc", 32004: "lz4",
        32015: "zstd",
    ]

    /// Undoes the step, whose result must have `limit` bytes or fewer.
    func undo(_ bytes: [UInt8], limit: Int, in region: ByteRegion) throws(RecError) -> [UInt8] {
        switch self {
        case .deflate:
            guard let inflated = Inflater.inflateZlib(bytes, limit: limit) else {
                throw region.corrupt("A compressed chunk is damaged")
            }
            return inflated
        case .shuffle(let elementSize):
            guard elementSize > 1, elementSize <= 64 else { return bytes }
            let count = bytes.count / elementSize
            var result = bytes
            for plane in 0..<elementSize {
                for element in 0..<count { result[element * elementSize + plane] = bytes[plane * count + element] }
            }
            return result
        }
    }
}
