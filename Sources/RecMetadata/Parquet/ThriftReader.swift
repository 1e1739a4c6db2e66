/// Reads values of Thrift's compact protocol, never past the end of the bytes.
///
/// Structures that a caller does not know are skipped without recursion beyond a fixed depth.
struct ThriftReader {
    /// The types of values, as the protocol numbers them.
    enum Kind: UInt8 {
        case yes = 1, no, byte, int16, int32, int64, double, binary, list, set, map, structure
    }

    /// A field of a structure: its number, and the type of the value that follows.
    struct Field {
        let number: Int
        let kind: Kind
    }

    private static let maximumDepth = 32

    /// The bytes that have not been read.
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// Reads a structure field by field.
    ///
    /// - Parameter body: Reads the value of a field, or returns `false` to have it skipped.
    /// - Throws: ``ParquetFault``.
    mutating func structure(
        _ body: (inout ThriftReader, Field) throws(ParquetFault) -> Bool
    ) throws(ParquetFault) {
        var number = 0
        while let field = try field(after: &number) {
            if try !body(&self, field) { try skip(field.kind, depth: 0) }
        }
    }

    /// Reads a list element by element.
    mutating func list(
        of kind: Kind,
        _ body: (inout ThriftReader) throws(ParquetFault) -> Void
    ) throws(ParquetFault) {
        let (found, count) = try listHeader()
        guard count == 0 || found == kind else { throw .damaged("a list has elements of another type") }
        for _ in 0..<count { try body(&self) }
    }

    /// Reads a number.
    mutating func integer() throws(ParquetFault) -> Int {
        let value = try unsigned()
        return Int(bitPattern: UInt(value >> 1)) ^ -Int(value & 1)
    }

    /// Reads a number that counts something, or is a place.
    mutating func count() throws(ParquetFault) -> Int {
        let value = try integer()
        guard value >= 0 else { throw .damaged("a size is negative") }
        return value
    }

    /// Reads a text.
    mutating func text() throws(ParquetFault) -> String {
        let length = try length()
        defer { rest.removeFirst(length) }
        return String(decoding: rest.prefix(length), as: UTF8.self)
    }

    // MARK: Parts

    private mutating func byte() throws(ParquetFault) -> UInt8 {
        guard let byte = rest.popFirst() else { throw .damaged("its description ends early") }
        return byte
    }

    private mutating func unsigned() throws(ParquetFault) -> UInt64 {
        guard let value = rest.takeVarint(limit: 10) else {
            throw .damaged("its description ends early, or has a number that is too long")
        }
        return value
    }

    /// A number of bytes that are there.
    private mutating func length() throws(ParquetFault) -> Int {
        let length = try unsigned()
        guard length <= UInt64(rest.count) else { throw .damaged("its description ends early") }
        return Int(length)
    }

    private mutating func field(after number: inout Int) throws(ParquetFault) -> Field? {
        let header = try byte()
        guard header != 0 else { return nil }
        guard let kind = Kind(rawValue: header & 0x0F) else { throw .damaged("a field has no known type") }
        let step = Int(header >> 4)
        number = step == 0 ? try integer() : number &+ step
        return Field(number: number, kind: kind)
    }

    private mutating func listHeader() throws(ParquetFault) -> (Kind, Int) {
        let header = try byte()
        guard let kind = Kind(rawValue: header & 0x0F) else { throw .damaged("a list has no known type") }
        // Each element has one byte at least.
        let count = header >> 4 == 15 ? try length() : Int(header >> 4)
        guard count <= rest.count else { throw .damaged("its description ends early") }
        return (kind, count)
    }

    private mutating func skip(_ kind: Kind, depth: Int, inList: Bool = false) throws(ParquetFault) {
        guard depth < Self.maximumDepth else { throw .damaged("its description is nested too deeply") }
        switch kind {
        case .yes, .no: if inList { _ = try byte() }
        case .byte: _ = try byte()
        case .int16, .int32, .int64: _ = try unsigned()
        case .double: for _ in 0..<8 { _ = try byte() }
        case .binary: rest.removeFirst(try length())
        case .list, .set:
            let (element, count) = try listHeader()
            for _ in 0..<count { try skip(element, depth: depth + 1, inList: true) }
        case .map:
            let count = try length()
            guard count > 0 else { return }
            let kinds = try byte()
            guard let key = Kind(rawValue: kinds >> 4), let value = Kind(rawValue: kinds & 0x0F) else {
                throw .damaged("a map has no known type")
            }
            for _ in 0..<count {
                try skip(key, depth: depth + 1, inList: true)
                try skip(value, depth: depth + 1, inList: true)
            }
        case .structure:
            var number = 0
            while let field = try field(after: &number) { try skip(field.kind, depth: depth + 1) }
        }
    }
}
