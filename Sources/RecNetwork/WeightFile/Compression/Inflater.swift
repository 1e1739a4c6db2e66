/// Inflates zlib data (RFC 1950 and 1951) into a buffer of limited size.
struct Inflater {
    private let input: [UInt8]
    private var position = 0
    private var bits: UInt32 = 0
    private var bitCount = 0
    private var output: [UInt8] = []
    private let limit: Int

    /// Thrown within for any damage; callers know no more than that the data is damaged.
    private struct Damage: Error {}

    private init(_ input: [UInt8], limit: Int) {
        self.input = input
        self.limit = limit
    }

    /// The data that a zlib stream holds, or `nil` when the stream is damaged or holds more than `limit` bytes.
    static func inflateZlib(_ input: [UInt8], limit: Int) -> [UInt8]? {
        guard input.count >= 6, input[0] & 0x0F == 8, input[1] & 0x20 == 0,
            (Int(input[0]) << 8 | Int(input[1])).isMultiple(of: 31)
        else { return nil }
        var inflater = Inflater(input, limit: limit)
        inflater.position = 2
        do {
            while try inflater.block() {}
        } catch {
            return nil
        }
        return inflater.hasRightChecksum ? inflater.output : nil
    }

    /// Reads one block.
    ///
    /// - Returns: Whether another follows.
    private mutating func block() throws(Damage) -> Bool {
        let isLast = try take(1) == 1
        switch try take(2) {
        case 0: try storedBlock()
        case 1: try codedBlock(literals: Self.fixedLiterals, distances: Self.fixedDistances)
        case 2:
            let (literals, distances) = try readCodes()
            try codedBlock(literals: literals, distances: distances)
        default: throw Damage()
        }
        return !isLast
    }

    private mutating func storedBlock() throws(Damage) {
        (bits, bitCount) = (0, 0)
        guard position + 4 <= input.count else { throw Damage() }
        let count = Int(input[position]) | Int(input[position + 1]) << 8
        let complement = Int(input[position + 2]) | Int(input[position + 3]) << 8
        position += 4
        guard count ^ complement == 0xFFFF, position + count <= input.count, output.count + count <= limit else {
            throw Damage()
        }
        output += input[position..<position + count]
        position += count
    }

    private mutating func codedBlock(literals: HuffmanCode, distances: HuffmanCode) throws(Damage) {
        while true {
            let symbol = try next(literals)
            if symbol < 256 {
                guard output.count < limit else { throw Damage() }
                output.append(UInt8(symbol))
                continue
            }
            if symbol == 256 { return }
            guard symbol - 257 < Self.lengths.count else { throw Damage() }
            let length = Self.lengths[symbol - 257].base + (try take(Self.lengths[symbol - 257].extra))
            let code = try next(distances)
            guard code < Self.offsets.count else { throw Damage() }
            let distance = Self.offsets[code].base + (try take(Self.offsets[code].extra))
            guard distance <= output.count, output.count + length <= limit else { throw Damage() }
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }

    private mutating func readCodes() throws(Damage) -> (HuffmanCode, HuffmanCode) {
        let literalCount = try take(5) + 257
        let distanceCount = try take(5) + 1
        let lengthCount = try take(4) + 4
        var lengthLengths = [UInt8](repeating: 0, count: 19)
        for index in 0..<lengthCount { lengthLengths[Self.lengthOrder[index]] = UInt8(try take(3)) }
        guard let lengthCode = HuffmanCode(lengthLengths) else { throw Damage() }
        var lengths: [UInt8] = []
        while lengths.count < literalCount + distanceCount {
            let symbol = try next(lengthCode)
            switch symbol {
            case 16:
                guard let last = lengths.last else { throw Damage() }
                lengths += [UInt8](repeating: last, count: 3 + (try take(2)))
            case 17: lengths += [UInt8](repeating: 0, count: 3 + (try take(3)))
            case 18: lengths += [UInt8](repeating: 0, count: 11 + (try take(7)))
            default: lengths.append(UInt8(symbol))
            }
        }
        guard lengths.count == literalCount + distanceCount, let literals = HuffmanCode(lengths.prefix(literalCount)),
            let distances = HuffmanCode(lengths.dropFirst(literalCount))
        else { throw Damage() }
        return (literals, distances)
    }

    /// Reads one symbol, a bit at a time.
    private mutating func next(_ code: HuffmanCode) throws(Damage) -> Int {
        var value = 0
        var first = 0
        var index = 0
        for length in 1...15 {
            value |= try take(1)
            let count = code.counts[length]
            if value - first < count { return code.symbols[index + value - first] }
            index += count
            first = (first + count) << 1
            value <<= 1
        }
        throw Damage()
    }

    private mutating func take(_ count: Int) throws(Damage) -> Int {
        while bitCount < count {
            guard position < input.count else { throw Damage() }
            bits |= UInt32(input[position]) << UInt32(bitCount)
            position += 1
            bitCount += 8
        }
        let value = bits & (1 << UInt32(count) - 1)
        bits >>= UInt32(count)
        bitCount -= count
        return Int(value)
    }

    /// Whether Adler-32 of the output is what follows the last block.
    private var hasRightChecksum: Bool {
        guard position + 4 <= input.count else { return false }
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in output {
            a = (a + UInt32(byte)) % 65521
            b = (b + a) % 65521
        }
        return input[position..<position + 4].reduce(0) { $0 << 8 | UInt32($1) } == b << 16 | a
    }

    private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    private static let lengths: [(base: Int, extra: Int)] = {
        var table: [(base: Int, extra: Int)] = []
        var base = 3
        for code in 0..<28 {
            let extra = code < 8 ? 0 : code / 4 - 1
            table.append((base, extra))
            base += 1 << extra
        }
        // The longest has a code of its own.
        return table + [(258, 0)]
    }()

    private static let offsets: [(base: Int, extra: Int)] = {
        var table: [(base: Int, extra: Int)] = []
        var base = 1
        for code in 0..<30 {
            let extra = code < 4 ? 0 : code / 2 - 1
            table.append((base, extra))
            base += 1 << extra
        }
        return table
    }()

    private static let fixedLiterals = HuffmanCode(
        unchecked: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
    )
    private static let fixedDistances = HuffmanCode(unchecked: [UInt8](repeating: 5, count: 30))
}
