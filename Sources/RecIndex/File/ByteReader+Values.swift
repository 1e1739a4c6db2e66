internal import RecFiles

extension ByteReader {
    /// Reads a string that was written with its length.
    mutating func readString() throws -> String {
        let count = Int(try read(UInt32.self))
        guard let string = try readText(byteCount: count) else { throw FileDamage.corrupt("a text is not UTF-8") }
        return string
    }

    /// Passes over a string that was written with its length.
    mutating func skipString() throws {
        try skip(Int(try read(UInt32.self)))
    }

    /// Reads a table of strings.
    mutating func readStrings() throws -> StringTable {
        let count = try readCount(ofSize: 8)
        let ends = try readNumbers(of: UInt64.self, count: count)
        guard let size = Int(exactly: count == 0 ? 0 : ends[count - 1]),
            let table = StringTable(ends: ends, bytes: try readNumbers(of: UInt8.self, count: size))
        else { throw FileDamage.corrupt("a table of texts is not consistent") }
        return table
    }

    /// Reads flags that were written as bytes of 0 or 1.
    mutating func readFlags(count: Int) throws -> NumberArray<UInt8> {
        let bytes = try readNumbers(of: UInt8.self, count: count)
        guard bytes.areAll(below: 2) else { throw FileDamage.corrupt("a flag is neither 0 nor 1") }
        return bytes
    }
}

extension ByteWriter {
    /// Writes a string with its length.
    mutating func write(_ string: String) {
        write(UInt32(string.utf8.count))
        bytes.append(contentsOf: string.utf8)
    }

    /// Writes a table of strings.
    mutating func write(_ table: StringTable) {
        write(UInt64(table.count))
        write(table.ends)
        write(table.bytes)
    }
}
