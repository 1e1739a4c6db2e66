/// A node of the schema's tree, which the file lists from the root on, children after their parent.
struct ParquetSchemaElement {
    var name = ""
    /// The physical type; `nil` for a group.
    var type: Int?
    /// 0 when required, 1 when optional, 2 when repeated.
    var repetition = 0
    var childCount = 0

    init(_ reader: inout ThriftReader) throws(ParquetFault) {
        try reader.structure { (reader, field) throws(ParquetFault) in
            switch (field.number, field.kind) {
            case (1, .int32): type = try reader.integer()
            case (3, .int32): repetition = try reader.integer()
            case (4, .binary): name = try reader.text()
            case (5, .int32): childCount = try reader.count()
            default: return false
            }
            return true
        }
        guard (0...2).contains(repetition) else { throw .damaged("a column has no known repetition") }
    }
}
