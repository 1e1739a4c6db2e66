internal import RecPlatform

extension ByteReader {
    /// Reads a string that was written with its length.
    mutating func readString() throws -> String {
        let count = Int(try read(UInt32.self))
        guard let string = String(validating: try readArray(of: UInt8.self, count: count), as: UTF8.self) else {
            throw FileDamage.corrupt("a text is not UTF-8")
        }
        return string
    }

    /// Reads a table of strings.
    mutating func readStrings() throws -> StringTable {
        let count = try readCount(ofSize: 8)
        let ends = try readArray(of: UInt64.self, count: count)
        guard let size = Int(exactly: ends.last ?? 0),
            let table = StringTable(ends: ends, bytes: try readArray(of: UInt8.self, count: size))
        else { throw FileDamage.corrupt("a table of texts is not consistent") }
        return table
    }

    /// Reads flags that were written as bytes of 0 or 1.
    mutating func readFlags(count: Int) throws -> [Bool] {
        let bytes = try readArray(of: UInt8.self, count: count)
        guard bytes.allSatisfy({ $0 <= 1 }) else { throw FileDamage.corrupt("a flag is neither 0 nor 1") }
        return bytes.map { $0 == 1 }
    }
}

extension ByteWriter {
    /// Writes a string with its length.
    mutating func write(_ string: String) {
        write(UInt32(string.utf8.count))
        write(contentsOf: Array(string.utf8))
    }

    /// Writes a table of strings.
    mutating func write(_ table: StringTable) {
        write(UInt64(table.count))
        write(contentsOf: table.ends)
        write(contentsOf: table.bytes)
    }

    /// Writes flags as bytes of 0 or 1.
    mutating func write(_ flags: [Bool]) {
        write(contentsOf: flags.map { $0 ? 1 as UInt8 : 0 })
    }
}
