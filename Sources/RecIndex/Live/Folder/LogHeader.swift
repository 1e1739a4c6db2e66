internal import RecFiles

/// The start of a log.
struct LogHeader: Sendable {
    /// The log number; each log has the number after its predecessor's.
    let generation: UInt64

    /// The number of the call in the first record.
    let firstVersion: UInt64

    /// The bytes of a header.
    static let size = 32

    /// The bytes of the header.
    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(contentsOf: LiveFormat.logMagic)
        writer.write(generation)
        writer.write(firstVersion)
        writer.write(CRC32C.of(writer.bytes))
        writer.write(0 as UInt32)
        return writer.bytes
    }

    init(generation: UInt64, firstVersion: UInt64) {
        self.generation = generation
        self.firstVersion = firstVersion
    }

    init(_ reader: inout ByteReader) throws {
        guard reader.remaining >= Self.size else { throw FileDamage.truncated }
        let bytes = try reader.readArray(of: UInt8.self, count: Self.size)
        var fields = ByteReader(bytes)
        guard try fields.readArray(of: UInt8.self, count: LiveFormat.logMagic.count) == LiveFormat.logMagic else {
            throw FileDamage.corrupt("the start of the log")
        }
        self.init(generation: try fields.readNumber(), firstVersion: try fields.readNumber())
        guard bytes == encoded else { throw FileDamage.corrupt("the checksum of the log's header is wrong") }
    }
}
