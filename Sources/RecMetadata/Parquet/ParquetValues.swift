internal import RecFiles

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
        // A text has its length before it.
        let least = kind == .double ? 8 : 4
        guard bytes.count / least >= count else { throw early }
        switch kind {
        case .float: self = .floats(NumberEncoding.float32.floats(in: Array(bytes.prefix(least * count))))
        case .double: self = .floats(NumberEncoding.float64.floats(in: Array(bytes.prefix(least * count))))
        case .bytes:
            var texts: [String] = []
            texts.reserveCapacity(count)
            var rest = bytes
            for _ in 0..<count {
                guard let length = rest.takeNumber(bytes: 4), length <= rest.count else { throw early }
                texts.append(String(decoding: rest.prefix(length), as: UTF8.self))
                rest.removeFirst(length)
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
}
