/// Decodes numbers of a fixed width from runs of equal ones and groups of packed ones (Parquet's RLE encoding).
enum HybridDecoder {
    /// Reads `count` numbers of `width` bits each.
    static func numbers(
        _ bytes: ArraySlice<UInt8>,
        width: Int,
        count: Int
    ) throws(ParquetFault) -> [UInt32] {
        guard (0...32).contains(width) else { throw .damaged("a page has numbers of \(width) bits") }
        var result: [UInt32] = []
        result.reserveCapacity(count)
        if width == 0 { return [UInt32](repeating: 0, count: count) }
        var position = bytes.startIndex
        while result.count < count {
            var header = 0
            var shift = 0
            while true {
                guard position < bytes.endIndex, shift < 35 else { throw .damaged("the numbers of a page end early") }
                let byte = bytes[position]
                position += 1
                header |= Int(byte & 0x7F) << shift
                if byte < 0x80 { break }
                shift += 7
            }
            guard header > 1 else { throw .damaged("a page has a run of no numbers") }
            let missing = count - result.count
            if header & 1 == 0 {
                let size = (width + 7) / 8
                guard bytes.endIndex - position >= size else { throw .damaged("the numbers of a page end early") }
                var value: UInt32 = 0
                for index in 0..<size { value |= UInt32(bytes[position + index]) << (8 * UInt32(index)) }
                position += size
                result += repeatElement(value, count: min(header >> 1, missing))
            } else {
                let size = (header >> 1) * width
                // Writers may leave out the padding of the last group.
                let packed = bytes[position..<min(position + size, bytes.endIndex)]
                let wanted = min((header >> 1) * 8, missing)
                guard packed.count * 8 >= wanted * width else { throw .damaged("the numbers of a page end early") }
                unpack(packed, width: width, count: wanted, to: &result)
                position = packed.endIndex
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
