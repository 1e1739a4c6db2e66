/// What stands before a page.
struct ParquetPageHeader {
    /// The kinds of pages, by their numbers; any other is skipped.
    enum Kind: Int {
        case data = 0, dictionary = 2, dataVersion2 = 3
    }

    private(set) var type = -1
    private(set) var size = 0
    private(set) var storedSize = 0
    private(set) var valueCount = 0
    private(set) var encoding = -1
    private(set) var definitionSize = 0
    private(set) var repetitionSize = 0
    private(set) var isCompressed = true

    /// The encodings of levels; that of levels that are all 0, and so not stored, means nothing.
    private(set) var definitionEncoding = runs
    private(set) var repetitionEncoding = runs

    /// The encoding as runs, which all files of the last decade have.
    static let runs = 3

    /// The kind, if it is known.
    var kind: Kind? { Kind(rawValue: type) }

    /// Reads a header; the reader is behind it then.
    init(_ reader: inout ThriftReader) throws(ParquetFault) {
        try reader.structure { (reader, field) throws(ParquetFault) in
            switch (field.number, field.kind) {
            case (1, .int32): type = try reader.integer()
            case (2, .int32): size = try reader.count()
            case (3, .int32): storedSize = try reader.count()
            case (5, .structure), (7, .structure): try readDetails(&reader)
            case (8, .structure): try readDetailsOfVersion2(&reader)
            default: return false
            }
            return true
        }
    }

    private mutating func readDetails(_ reader: inout ThriftReader) throws(ParquetFault) {
        try reader.structure { (reader, field) throws(ParquetFault) in
            guard field.kind == .int32 else { return false }
            switch field.number {
            case 1: valueCount = try reader.count()
            case 2: encoding = try reader.integer()
            case 3: definitionEncoding = try reader.integer()
            case 4: repetitionEncoding = try reader.integer()
            default: return false
            }
            return true
        }
    }

    private mutating func readDetailsOfVersion2(_ reader: inout ThriftReader) throws(ParquetFault) {
        try reader.structure { (reader, field) throws(ParquetFault) in
            switch (field.number, field.kind) {
            case (1, .int32): valueCount = try reader.count()
            case (4, .int32): encoding = try reader.integer()
            case (5, .int32): definitionSize = try reader.count()
            case (6, .int32): repetitionSize = try reader.count()
            case (7, .yes): isCompressed = true
            case (7, .no): isCompressed = false
            default: return false
            }
            return true
        }
    }
}
