internal import RecCore
internal import RecFiles

/// Rows in PostgreSQL's binary format for copies.
package struct CopyRows {
    private var writer: ByteWriter

    /// Begins a copy without rows: the mark of the format, no flags, and nothing more before the rows.
    ///
    /// - Parameter capacity: The bytes that the rows are likely to take.
    package init(capacity: Int = 0) {
        writer = ByteWriter(capacity: capacity)
        writer.write(contentsOf: Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0])
        writer.write(0 as UInt64)
    }

    /// Adds a row; `nil` is `NULL`.
    package mutating func append(_ cells: [[UInt8]?]) {
        writer.write(Int16(cells.count).bigEndian)
        for cell in cells {
            writer.writeCell { writer in
                if let cell { writer.write(contentsOf: cell) }
                return cell != nil
            }
        }
    }

    /// Adds the row of a product.
    ///
    /// - Precondition: The product can be stored.
    mutating func append(_ item: EmbeddedProduct, _ cells: ProductCells) {
        writer.write(Int16(cells.columns.count).bigEndian)
        for column in cells.columns { writer.writeCell { cells.write(column, of: item, to: &$0) } }
    }

    /// Ends the copy.
    ///
    /// - Returns: All bytes of it.
    package consuming func end() -> [UInt8] {
        writer.write(-1 as Int16)
        return writer.bytes
    }
}
