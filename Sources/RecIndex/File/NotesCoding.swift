package import RecFiles

extension ByteWriter {
    /// Writes notes, ascending by name.
    package mutating func write(_ notes: [String: String]) {
        write(UInt32(notes.count))
        for (name, text) in notes.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            write(name)
            write(text)
        }
    }
}

extension ByteReader {
    /// Reads notes.
    package mutating func readNotes() throws -> [String: String] {
        var notes: [String: String] = [:]
        var last: String?
        for _ in 0..<(try read(UInt32.self)) {
            let name = try readString()
            guard last.map({ $0.utf8.lexicographicallyPrecedes(name.utf8) }) ?? true else {
                throw FileDamage.corrupt("the names of the notes do not ascend")
            }
            notes[name] = try readString()
            last = name
        }
        return notes
    }
}
