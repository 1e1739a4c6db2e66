internal import RecFiles

/// Rows in PostgreSQL's binary format for copies.
package struct CopyRows {
    private var writer = ByteWriter()

    /// Begins a copy without rows.
    package init() {
        writer.write(contentsOf: Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0])
        // No flags, and nothing more before the rows.
        writer.write(0 as UInt64)
    }

    /// Adds a row.
    package mutating func append(_ cells: [[UInt8]?]) {
        writer.write(Int16(cells.count).bigEndian)
        for cell in cells {
            writer.write(Int32(cell?.count ?? -1).bigEndian)
            if let cell { writer.write(contentsOf: cell) }
        }
    }

    /// The rows with the mark of their end.
    package var bytes: [UInt8] {
        var whole = writer
        whole.write(Int16(-1).bigEndian)
        return whole.bytes
    }
}
