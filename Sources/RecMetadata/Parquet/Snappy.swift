/// Decompresses blocks of Snappy, as its format description (2011) has them.
enum Snappy {
    /// The most bytes that a byte of a block can stand for: a copy of 64 takes three bytes.
    static let greatestRatio = 22

    /// Decompresses a block that stands for `size` bytes.
    static func decompress(_ block: ArraySlice<UInt8>, size: Int) throws(ParquetFault) -> [UInt8] {
        var position = block.startIndex
        func next(_ count: Int) throws(ParquetFault) -> Int {
            guard block.endIndex - position >= count else { throw .damaged("a page of Snappy ends early") }
            var value = 0
            for index in 0..<count { value |= Int(block[position + index]) << (8 * index) }
            position += count
            return value
        }
        var stated = 0
        for shift in stride(from: 0, through: 28, by: 7) {
            let byte = try next(1)
            stated |= (byte & 0x7F) << shift
            if byte < 0x80 { break }
        }
        guard stated == size, size <= block.count * greatestRatio else {
            throw .damaged("a page of Snappy has another size than stated")
        }
        var result: [UInt8] = []
        result.reserveCapacity(size)
        while position < block.endIndex {
            let tag = try next(1)
            if tag & 3 == 0 {
                let short = tag >> 2
                let length = short < 60 ? short + 1 : try next(short - 59) + 1
                guard block.endIndex - position >= length, length <= size - result.count else {
                    throw .damaged("a page of Snappy is too long or ends early")
                }
                result += block[position..<position + length]
                position += length
                continue
            }
            let length: Int
            let distance: Int
            switch tag & 3 {
            case 1: (length, distance) = ((tag >> 2) & 7 + 4, (tag >> 5) << 8 | (try next(1)))
            case 2: (length, distance) = (tag >> 2 + 1, try next(2))
            default: (length, distance) = (tag >> 2 + 1, try next(4))
            }
            guard distance > 0, distance <= result.count, length <= size - result.count else {
                throw .damaged("a page of Snappy copies what is not there")
            }
            let start = result.count - distance
            if distance >= length {
                result += Array(result[start..<start + length])
            } else {
                for index in start..<start + length { result.append(result[index]) }
            }
        }
        guard result.count == size else { throw .damaged("a page of Snappy ends early") }
        return result
    }
}
