internal import RecCore
internal import RecFiles

/// The constants of a live index's files.
enum LiveFormat {
    /// The version of the whole folder, which its manifest states.
    static let version: UInt32 = 1

    /// The first bytes of every manifest.
    static let manifestMagic: [UInt8] = [0x89] + Array("RECLIV\n".utf8)

    /// The first bytes of every file of notes.
    static let notesMagic: [UInt8] = [0x89] + Array("RECNOT\n".utf8)

    /// The first bytes of every log.
    static let logMagic: [UInt8] = [0x89] + Array("RECLOG\n".utf8)

    /// The greatest number of a call, a log or a segment that a reader accepts; larger numbers are left as reserve.
    static let greatestNumber: UInt64 = 1 << 62

    /// The number of bytes at the start of a segment file whose checksum identifies it.
    static let fingerprintSize = 4096
}

extension ByteReader {
    /// Reads the number of a call, a log or a segment.
    mutating func readNumber() throws -> UInt64 {
        let number = try read(UInt64.self)
        guard number <= LiveFormat.greatestNumber else { throw FileDamage.corrupt("the number \(number) is too great") }
        return number
    }
}

extension RecError {
    /// Runs `body`, which reads the file at `path`, and converts its errors to errors about that file.
    static func naming<Value>(_ path: String, _ body: () throws -> Value) throws(RecError) -> Value {
        do {
            return try body()
        } catch let error as RecError where error.path != nil {
            throw error
        } catch let error as FileError {
            throw RecError(error)
        } catch FileDamage.version(let version, _) {
            throw RecError(
                .unsupportedVersion,
                path: path,
                "It has format version \(version), which this version of the package does not read. Open it with "
                    + "the version that wrote it."
            )
        } catch let damage as FileDamage {
            throw RecError(damage, path: path)
        } catch is ByteReader.EndOfData {
            throw RecError(FileDamage.corrupt("a value ends too early"), path: path)
        } catch {
            throw RecError(FileDamage.corrupt("\(error)"), path: path)
        }
    }
}
