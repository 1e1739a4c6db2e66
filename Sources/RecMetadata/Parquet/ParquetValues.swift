/// Values of one column, in the order of the file, without those that are missing.
enum ParquetValues {
    case floats([Float])
    case texts([String])

    var count: Int {
        switch self {
        case .floats(let values): values.count
        case .texts(let values): values.count
        }
    }

    /// Reads values that are stored one after the other.
    ///
    /// Numbers in double precision are rounded to single precision.
    init(plain bytes: ArraySlice<UInt8>, kind: ParquetLeaf.Kind, count: Int) throws(ParquetFault) {
        let early = ParquetFault.damaged("the values of a page end early")
        let start = bytes.startIndex
        switch kind {
        case .float:
            guard bytes.count / 4 >= count else { throw early }
            self = .floats((0..<count).map { Float(bitPattern: UInt32(Self.number(bytes, start + 4 * $0, size: 4))) })
        case .double:
            guard bytes.count / 8 >= count else { throw early }
            self = .floats(
                (0..<count).map { Float(Double(bitPattern: Self.number(bytes, start + 8 * $0, size: 8))) }
            )
        case .bytes:
            guard bytes.count / 4 >= count else { throw early }
            var texts: [String] = []
            texts.reserveCapacity(count)
            var position = start
            for _ in 0..<count {
                guard bytes.endIndex - position >= 4 else { throw early }
                let length = Int(Self.number(bytes, position, size: 4))
                position += 4
                guard bytes.endIndex - position >= length else { throw early }
                texts.append(String(decoding: bytes[position..<position + length], as: UTF8.self))
                position += length
            }
            self = .texts(texts)
        }
    }

    /// The values of a dictionary at some places.
    func values(at places: [UInt32]) throws(ParquetFault) -> ParquetValues {
        let count = UInt32(clamping: count)
        guard places.allSatisfy({ $0 < count }) else {
            throw .damaged("a page names a value that its dictionary lacks")
        }
        return switch self {
        case .floats(let values): .floats(places.map { values[Int($0)] })
        case .texts(let values): .texts(places.map { values[Int($0)] })
        }
    }

    /// A little-endian number.
    private static func number(_ bytes: ArraySlice<UInt8>, _ position: Int, size: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in 0..<size { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
        return value
    }
}
