#if HEIF
import RecFiles

/// Reads numbers bit by bit, most significant bit first; each is `nil` when bits are missing.
struct BitReader {
    private let bytes: [UInt8]
    private var position = 0

    /// Creates a reader of bytes.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Creates a reader of the content of a box; of one that is missing, nothing can be read.
    init(_ box: MediaBox?, _ file: Span<UInt8>) {
        if let box { self.init(file.extracting(box.content).array) } else { self.init([]) }
    }

    /// Whether nothing is left.
    var isAtEnd: Bool { position == 8 * bytes.count }

    /// Reads a number of so many bits; one that takes more than 54 counts as missing.
    mutating func bits(_ count: Int) -> Int? {
        guard count <= 8 * bytes.count - position else { return nil }
        var value = 0
        var missing = count
        while missing > 0 {
            guard value >> 54 == 0 else { return nil }
            let free = 8 - position & 7
            let taken = min(missing, free)
            value = value << taken | Int(bytes[position >> 3]) >> (free - taken) & (1 << taken - 1)
            position += taken
            missing -= taken
        }
        return value
    }

    /// Reads one bit.
    mutating func flag() -> Bool? { bits(1).map { $0 != 0 } }

    /// Reads a number of so many bytes.
    mutating func number(bytes count: Int) -> Int? { bits(8 * count) }

    /// Reads a number in the exponential Golomb code, `ue(v)` of HEVC and `uvlc()` of AV1.
    mutating func golomb() -> Int? {
        var zeros = 0
        while true {
            guard let bit = flag() else { return nil }
            if bit { break }
            zeros += 1
        }
        guard zeros <= 32, let rest = bits(zeros) else { return nil }
        return 1 << zeros - 1 + rest
    }

    /// Passes over bits.
    mutating func skip(_ count: Int) {
        position = min(position + count, 8 * bytes.count)
    }

    /// Reads the four characters of a type.
    mutating func name() -> String? {
        guard let number = number(bytes: 4) else { return nil }
        return String(decoding: [24, 16, 8, 0].map { UInt8(number >> $0 & 255) }, as: UTF8.self)
    }

    /// Reads a text up to a zero byte or the end.
    mutating func text() -> String {
        var text: [UInt8] = []
        while let byte = bits(8), byte != 0 { text.append(UInt8(byte)) }
        return String(decoding: text, as: UTF8.self)
    }
}
#endif
