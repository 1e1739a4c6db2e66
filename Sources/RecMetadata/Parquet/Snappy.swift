/// Decompresses blocks of Snappy, as its format description (2011) has them.
enum Snappy {
    /// The most bytes that a byte of a block can stand for: a copy of 64 takes three bytes.
    static let greatestRatio = 22

    /// Decompresses a block that stands for `size` bytes.
    static func decompress(_ block: ArraySlice<UInt8>, size: Int) throws(ParquetFault) -> [UInt8] {
        var rest = block
        func next(_ count: Int) throws(ParquetFault) -> Int {
            guard let number = rest.takeNumber(bytes: count) else { throw .damaged("a page of Snappy ends early") }
            return number
        }
        guard let stated = rest.takeVarint(limit: 5), stated == size, size <= block.count * greatestRatio else {
            throw .damaged("a page of Snappy has another size than stated")
        }
        var result: [UInt8] = []
        result.reserveCapacity(size)
        while !rest.isEmpty {
            let tag = try next(1)
            if tag & 3 == 0 {
                let short = tag >> 2
                let length = short < 60 ? short + 1 : try next(short - 59) + 1
                guard length <= rest.count, length <= size - result.count else {
                    throw .damaged("a page of Snappy is too long or ends early")
                }
                result += rest.prefix(length)
                rest.removeFirst(length)
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
