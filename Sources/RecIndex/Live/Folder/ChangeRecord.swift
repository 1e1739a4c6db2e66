internal import RecCore
internal import RecFiles

/// The changes of one call as a record of the log: size, number of the call, checksum of both and of the payload.
enum ChangeRecord {
    /// The bytes before the payload.
    static let frameSize = 24

    /// The bytes of a record.
    static func encoded(_ changes: [LiveIndex.Change], version: UInt64, space: EmbeddingSpace) -> [UInt8] {
        var payload = ByteWriter()
        payload.write(UInt32(changes.count))
        for change in changes {
            switch change {
            case .upsert(let item):
                payload.write(1 as UInt8)
                payload.write(item, space: space)
            case .remove(let id):
                payload.write(2 as UInt8)
                payload.write(id.rawValue)
            }
        }
        var frame = ByteWriter()
        frame.write(UInt64(payload.bytes.count))
        frame.write(version)
        var checksum = CRC32C()
        checksum.update(frame.bytes)
        checksum.update(payload.bytes)
        frame.write(checksum.value)
        frame.write(0 as UInt32)
        return frame.bytes + payload.bytes
    }

    /// Reads a record and checks its number and its checksum.
    ///
    /// - Throws: `ByteReader.EndOfData` or ``FileDamage``; either end of data or `truncated` when the bytes end before the
    ///   record does.
    static func read(
        _ reader: inout ByteReader,
        version expected: UInt64,
        space: EmbeddingSpace
    ) throws -> [LiveIndex.Change] {
        var frame = ByteReader(try reader.readArray(of: UInt8.self, count: frameSize))
        let start = try frame.readArray(of: UInt8.self, count: 16)
        let stored = try frame.read(UInt32.self)
        let reserved = try frame.read(UInt32.self)
        var numbers = ByteReader(start)
        let size = try numbers.read(UInt64.self)
        let version = try numbers.read(UInt64.self)
        guard reserved == 0, version == expected else { throw FileDamage.corrupt("the frame of change \(expected)") }
        guard size <= UInt64(reader.remaining) else { throw FileDamage.truncated }
        let payload = try reader.readArray(of: UInt8.self, count: Int(size))
        var checksum = CRC32C()
        checksum.update(start)
        checksum.update(payload)
        guard checksum.value == stored else { throw FileDamage.corrupt("the checksum of change \(expected) is wrong") }
        do {
            return try changes(payload, space: space)
        } catch is ByteReader.EndOfData {
            throw FileDamage.corrupt("change \(expected) ends too early")
        }
    }

    private static func changes(_ payload: [UInt8], space: EmbeddingSpace) throws -> [LiveIndex.Change] {
        var reader = ByteReader(payload)
        var changes: [LiveIndex.Change] = []
        for _ in 0..<(try reader.read(UInt32.self)) {
            switch try reader.read(UInt8.self) {
            case 1:
                changes.append(.upsert(try reader.readEmbeddedProduct(space: space)))
            case 2:
                changes.append(.remove(ProductID(try reader.readString())))
            default:
                throw FileDamage.corrupt("an unknown change")
            }
            guard changes.last?.id.rawValue.isEmpty == false else { throw FileDamage.corrupt("an empty identifier") }
        }
        guard reader.remaining == 0 else { throw FileDamage.corrupt("a change is longer than it should be") }
        return changes
    }
}
