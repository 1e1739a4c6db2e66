/// The description of a Parquet file: its schema, and where the columns of each row group are.
struct ParquetFooter {
    /// The part of a column in a row group.
    struct Chunk {
        var codec = 0
        var valueCount = 0
        var size = 0
        var dataOffset = 0
        var dictionaryOffset = 0
        var isElsewhere = false

        /// Where the first page is.
        var start: Int {
            dictionaryOffset > 0 && dictionaryOffset < dataOffset ? dictionaryOffset : dataOffset
        }
    }

    /// Some rows, all columns of which are stored together.
    struct RowGroup {
        var chunks: [Chunk] = []
        var rowCount = 0
    }

    private(set) var leaves: [ParquetLeaf] = []
    private(set) var rowGroups: [RowGroup] = []

    /// Reads the description.
    init(_ bytes: [UInt8]) throws(ParquetFault) {
        var reader = ThriftReader(bytes[...])
        var elements: [ParquetSchemaElement] = []
        var isEncrypted = false
        try reader.structure { (reader, field) throws(ParquetFault) in
            switch (field.number, field.kind) {
            case (2, .list):
                try reader.list(of: .structure) { (reader) throws(ParquetFault) in
                    elements.append(try ParquetSchemaElement(&reader))
                }
            case (4, .list):
                try reader.list(of: .structure) { (reader) throws(ParquetFault) in
                    rowGroups.append(try Self.rowGroup(&reader))
                }
            case (8, _):
                isEncrypted = true
                return false
            default: return false
            }
            return true
        }
        guard !isEncrypted else { throw .unsupported("The file is encrypted. Write it without encryption.") }
        leaves = try ParquetLeaf.leaves(of: elements)
        guard rowGroups.allSatisfy({ $0.chunks.count == leaves.count }) else {
            throw .damaged("a row group has another number of columns than the schema")
        }
    }

    private static func rowGroup(_ reader: inout ThriftReader) throws(ParquetFault) -> RowGroup {
        var group = RowGroup()
        try reader.structure { (reader, field) throws(ParquetFault) in
            switch (field.number, field.kind) {
            case (1, .list):
                try reader.list(of: .structure) { (reader) throws(ParquetFault) in
                    group.chunks.append(try chunk(&reader))
                }
            case (3, .int64): group.rowCount = try reader.count()
            default: return false
            }
            return true
        }
        return group
    }

    private static func chunk(_ reader: inout ThriftReader) throws(ParquetFault) -> Chunk {
        var chunk = Chunk()
        try reader.structure { (reader, field) throws(ParquetFault) in
            switch (field.number, field.kind) {
            case (1, .binary), (8, .structure):
                chunk.isElsewhere = true
                return false
            case (3, .structure): try describe(&chunk, &reader)
            default: return false
            }
            return true
        }
        return chunk
    }

    private static func describe(_ chunk: inout Chunk, _ reader: inout ThriftReader) throws(ParquetFault) {
        try reader.structure { (reader, field) throws(ParquetFault) in
            switch (field.number, field.kind) {
            case (4, .int32): chunk.codec = try reader.integer()
            case (5, .int64): chunk.valueCount = try reader.count()
            case (7, .int64): chunk.size = try reader.count()
            case (9, .int64): chunk.dataOffset = try reader.count()
            case (11, .int64): chunk.dictionaryOffset = try reader.count()
            default: return false
            }
            return true
        }
    }
}
