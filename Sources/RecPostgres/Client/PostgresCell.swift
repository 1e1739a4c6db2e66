internal import RecFiles

/// One value in PostgreSQL's binary format; reading it as a type that it is not ends its data.
struct PostgresCell {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func text() throws(ByteReader.EndOfData) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw ByteReader.EndOfData() }
        return text
    }

    func jsonb() throws(ByteReader.EndOfData) -> String {
        guard bytes.first == 1 else { throw ByteReader.EndOfData() }
        return try PostgresCell(Array(bytes.dropFirst())).text()
    }

    func integer() throws(ByteReader.EndOfData) -> Int64 {
        var reader = ByteReader(bytes)
        switch bytes.count {
        case 2: return Int64(try reader.bigEndian(Int16.self))
        case 4: return Int64(try reader.bigEndian(Int32.self))
        case 8: return try reader.bigEndian(Int64.self)
        default: throw ByteReader.EndOfData()
        }
    }

    func double() throws(ByteReader.EndOfData) -> Double {
        var reader = ByteReader(bytes)
        switch bytes.count {
        case 4: return Double(Float(bitPattern: try reader.bigEndian(UInt32.self)))
        case 8: return Double(bitPattern: try reader.bigEndian(UInt64.self))
        default: throw ByteReader.EndOfData()
        }
    }

    func bool() throws(ByteReader.EndOfData) -> Bool {
        switch bytes {
        case [0]: return false
        case [1]: return true
        default: throw ByteReader.EndOfData()
        }
    }

    /// Groups of four decimal digits, the first worth 10000 to the power of the weight.
    func numeric() throws(ByteReader.EndOfData) -> String {
        var reader = ByteReader(bytes)
        let count = Int(try reader.bigEndian(UInt16.self))
        let weight = Int(try reader.bigEndian(Int16.self))
        let sign = try reader.bigEndian(UInt16.self)
        let scale = Int(try reader.bigEndian(UInt16.self))
        let groups = try reader.readArray(of: UInt16.self, count: count).map { Int($0.byteSwapped) }
        guard reader.remaining == 0, groups.allSatisfy({ $0 < 10_000 }) else { throw ByteReader.EndOfData() }
        switch sign {
        case 0xC000: return "NaN"
        case 0xD000: return "Infinity"
        case 0xF000: return "-Infinity"
        case 0, 0x4000: break
        default: throw ByteReader.EndOfData()
        }
        func digits(_ index: Int) -> String {
            let group = groups.indices.contains(index) ? groups[index] : 0
            return String(String(10_000 + group).dropFirst())
        }
        let whole = weight < 0 ? "" : String((0...weight).map(digits).joined().drop { $0 == "0" })
        var text = (sign == 0 ? "" : "-") + (whole.isEmpty ? "0" : whole)
        if scale > 0 {
            let groups = (0...(scale - 1) / 4).map { digits(weight + 1 + $0) }
            text += "." + groups.joined().prefix(scale)
        }
        return text
    }

    /// The elements of an array of at most one dimension.
    func elements() throws(ByteReader.EndOfData) -> [[UInt8]?] {
        var reader = ByteReader(bytes)
        let dimensions = try reader.bigEndian(UInt32.self)
        _ = try reader.readArray(of: UInt32.self, count: 2)
        guard dimensions == 1 else {
            guard dimensions == 0, reader.remaining == 0 else { throw ByteReader.EndOfData() }
            return []
        }
        let count = Int(try reader.bigEndian(UInt32.self))
        _ = try reader.read(UInt32.self)
        guard count <= reader.remaining / 4 else { throw ByteReader.EndOfData() }
        var elements: [[UInt8]?] = []
        elements.reserveCapacity(count)
        for _ in 0..<count {
            let size = try reader.bigEndian(Int32.self)
            elements.append(size == -1 ? nil : try reader.readArray(of: UInt8.self, count: Int(size)))
        }
        guard reader.remaining == 0 else { throw ByteReader.EndOfData() }
        return elements
    }
}
