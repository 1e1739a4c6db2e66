internal import RecFiles

/// The acknowledged end of the log: a log that is not intact up to here is damaged.
struct CommitPoint: Sendable, Equatable {
    /// The number of the last call.
    var version: UInt64

    /// The log number of the call.
    var generation: UInt64

    /// The end of the call's record.
    var length: UInt64

    /// Two slots, written in turn, so that one is always intact.
    static let slotSize = 64

    static let magic: [UInt8] = [0x89] + Array("RECCMT\n".utf8)

    /// The bytes of a slot.
    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(contentsOf: Self.magic)
        writer.write(version)
        writer.write(generation)
        writer.write(length)
        writer.write(CRC32C.of(writer.bytes))
        writer.pad(to: Self.slotSize)
        return writer.bytes
    }

    init(version: UInt64, generation: UInt64, length: UInt64) {
        self.version = version
        self.generation = generation
        self.length = length
    }

    /// Reads the later one of the slots, and the position of that slot.
    static func read(_ bytes: [UInt8]) throws -> (point: CommitPoint, slot: Int) {
        var best: (point: CommitPoint, slot: Int)?
        for slot in 0..<2 where bytes.count >= (slot + 1) * slotSize {
            var reader = ByteReader(Array(bytes[slot * slotSize..<(slot + 1) * slotSize]))
            let start = try reader.readArray(of: UInt8.self, count: magic.count)
            let point = CommitPoint(
                version: try reader.read(UInt64.self),
                generation: try reader.read(UInt64.self),
                length: try reader.read(UInt64.self)
            )
            guard start == magic, try reader.read(UInt32.self) == CRC32C.of(Array(point.encoded.prefix(32))) else {
                continue
            }
            guard max(point.version, point.generation, point.length) <= LiveFormat.greatestNumber else {
                throw FileDamage.corrupt("its numbers are too great")
            }
            if best.map({ $0.point.isBefore(point) }) ?? true { best = (point, slot) }
        }
        guard let best else {
            throw bytes.count < 2 * slotSize
                ? FileDamage.truncated : FileDamage.corrupt("neither of its slots is whole")
        }
        return best
    }

    private func isBefore(_ other: CommitPoint) -> Bool {
        (version, generation, length) < (other.version, other.generation, other.length)
    }
}
