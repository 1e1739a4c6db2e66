/// Decodes numbers of a fixed width from runs of equal ones and groups of packed ones (Parquet's RLE encoding).
enum HybridDecoder {
    /// Reads `count` numbers of `width` bits each.
    static func numbers(
        _ bytes: ArraySlice<UInt8>,
        width: Int,
        count: Int
    ) throws(ParquetFault) -> [UInt32] {
        guard (0...32).contains(width) else { throw .damaged("a page has numbers of \(width) bits") }
        if width == 0 { return [UInt32](repeating: 0, count: count) }
        let early = ParquetFault.damaged("the numbers of a page end early")
        var result: [UInt32] = []
        result.reserveCapacity(count)
        var rest = bytes
        while result.count < count {
            guard let header = rest.takeVarint(limit: 5).map({ Int($0) }) else { throw early }
            guard header > 1 else { throw .damaged("a page has a run of no numbers") }
            let missing = count - result.count
            if header & 1 == 0 {
                guard let value = rest.takeNumber(bytes: (width + 7) / 8) else { throw early }
                result += repeatElement(UInt32(value), count: min(header >> 1, missing))
            } else {
                // Writers may leave out the padding of the last group.
                let packed = rest.prefix((header >> 1) * width)
                let wanted = min((header >> 1) * 8, missing)
                guard packed.count * 8 >= wanted * width else { throw early }
                unpack(packed, width: width, count: wanted, to: &result)
                rest = rest[packed.endIndex...]
            }
        }
        return result
    }

    /// Appends packed numbers, each of which begins at the lowest free bit.
    private static func unpack(_ bytes: ArraySlice<UInt8>, width: Int, count: Int, to result: inout [UInt32]) {
        let mask = width == 32 ? UInt64(UInt32.max) : (1 << UInt64(width)) - 1
        var buffer: UInt64 = 0
        var available = 0
        var position = bytes.startIndex
        for _ in 0..<count {
            while available < width {
                buffer |= UInt64(bytes[position]) << UInt64(available)
                position += 1
                available += 8
            }
            result.append(UInt32(truncatingIfNeeded: buffer & mask))
            buffer >>= UInt64(width)
            available -= width
        }
    }
}
