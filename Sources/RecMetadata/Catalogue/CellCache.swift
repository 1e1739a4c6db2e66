internal import RecCore
internal import RecFiles

/// The meaning of cells by their bytes, so that a value that many rows have is read once and kept once.
///
/// It is a cache: it takes short cells up to a limit, and the others are read each time.
struct CellCache {
    /// A cell that was read.
    struct Entry {
        fileprivate let hash: UInt32
        fileprivate let column: UInt32
        fileprivate let start: UInt32
        fileprivate let count: UInt32

        /// What it means.
        let cell: Cell

        /// The code of its values, in the block of attributes with this number; 0 for none.
        var block: UInt32 = 0
        var code: UInt16 = 0
    }

    private(set) var entries: [Entry] = []
    private var keys: [UInt8] = []
    private var countOfColumn: [UInt32: Int] = [:]
    /// Positions plus one, in places that hashes give; 0 in free places.
    private var slots = [UInt32](repeating: 0, count: 256)

    private static let maximumCount = 1 << 16
    private static let maximumCountOfColumn = 1 << 13
    private static let maximumSize = 64
    private static let maximumProbes = 8

    /// The position of a cell of a column, or the hash to insert it with.
    func find(_ bytes: Span<UInt8>, column: Int) -> (position: Int?, hash: UInt32) {
        guard bytes.count <= Self.maximumSize else { return (nil, 0) }
        var mixed: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(column)
        for index in bytes.indices { mixed = (mixed ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
        let hash = UInt32(truncatingIfNeeded: mixed >> 32 ^ mixed)
        var place = Int(hash) & (slots.count - 1)
        for _ in 0..<Self.maximumProbes {
            guard slots[place] != 0 else { break }
            let position = Int(slots[place]) - 1
            if entries[position].hash == hash, entries[position].column == column,
                keys.span.extracting(range(of: position)).isEqual(to: bytes)
            {
                return (position, hash)
            }
            place = (place + 1) & (slots.count - 1)
        }
        return (nil, hash)
    }

    /// Takes a cell that ``find(_:column:)`` did not find.
    ///
    /// - Returns: Its position, or `nil` when the cache does not take it.
    mutating func insert(_ cell: Cell, _ bytes: Span<UInt8>, column: Int, hash: UInt32) -> Int? {
        let inColumn = countOfColumn[UInt32(column), default: 0]
        guard bytes.count <= Self.maximumSize, entries.count < Self.maximumCount,
            inColumn < Self.maximumCountOfColumn
        else { return nil }
        let start = UInt32(keys.count)
        for index in bytes.indices { keys.append(bytes[index]) }
        entries.append(
            Entry(hash: hash, column: UInt32(column), start: start, count: UInt32(bytes.count), cell: cell)
        )
        countOfColumn[UInt32(column)] = inColumn + 1
        if entries.count * 2 > slots.count {
            slots = [UInt32](repeating: 0, count: slots.count * 4)
            for position in entries.indices { place(position) }
        } else {
            place(entries.count - 1)
        }
        return entries.count - 1
    }

    /// Notes the code of a cell's values.
    mutating func setCode(_ code: UInt16, block: UInt32, at position: Int) {
        entries[position].code = code
        entries[position].block = block
    }

    private func range(of position: Int) -> Range<Int> {
        Int(entries[position].start)..<Int(entries[position].start + entries[position].count)
    }

    /// Places an entry; one that finds no place nearby is lost.
    private mutating func place(_ position: Int) {
        var place = Int(entries[position].hash) & (slots.count - 1)
        for _ in 0..<Self.maximumProbes {
            if slots[place] == 0 {
                slots[place] = UInt32(position + 1)
                return
            }
            place = (place + 1) & (slots.count - 1)
        }
    }
}

/// What the text of a cell means.
struct Cell {
    /// The values; none when they are missing.
    var values: [String] = []

    /// Whether bytes that are no characters were replaced.
    var isDamaged = false

    /// The message about a whole number that was written with decimals.
    var decimals: String?

    /// Whether NUL characters were removed.
    var hadNUL = false

    /// Whether it has lists or objects that are not used.
    var isNested = false

    /// Whether reading it needs no mention in the report.
    var isPlain: Bool { !isDamaged && !hadNUL && !isNested && decimals == nil }
}
