internal import RecFiles

/// Small files of a live index: magic, version, checksum and size of a payload, payload.
extension LiveFormat {
    /// The bytes of a file.
    static func sealed(_ payload: ByteWriter, as magic: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(contentsOf: magic)
        writer.write(version)
        writer.write(CRC32C.of(payload.bytes))
        writer.write(UInt64(payload.bytes.count))
        return writer.bytes + payload.bytes
    }

    /// A reader of the payload of a file, which is checked.
    static func opened(_ bytes: [UInt8], as magic: [UInt8]) throws -> ByteReader {
        var reader = ByteReader(bytes)
        let start = try reader.readArray(of: UInt8.self, count: min(magic.count, bytes.count))
        guard !start.isEmpty, magic.starts(with: start) else { throw FileDamage.foreign }
        guard bytes.count >= 24 else { throw FileDamage.truncated }
        let version = try reader.read(UInt32.self)
        guard version == self.version else { throw FileDamage.version(version, readable: self.version) }
        let checksum = try reader.read(UInt32.self)
        let size = try reader.read(UInt64.self)
        guard size <= UInt64(reader.remaining) else { throw FileDamage.truncated }
        let payload = try reader.readArray(of: UInt8.self, count: reader.remaining)
        guard size == UInt64(payload.count), CRC32C.of(payload) == checksum else {
            throw FileDamage.corrupt("its checksum is wrong")
        }
        return ByteReader(payload)
    }
}
