/// Rows in PostgreSQL's binary format for copies.
package struct CopyRows {
    /// The rows so far, behind the mark of the format; no flags, and nothing more before the rows.
    private var bytes = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + Array(repeating: 0, count: 8)

    /// Begins a copy without rows.
    ///
    /// - Parameter capacity: The bytes that the rows are likely to take.
    package init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// Adds a row.
    package mutating func append(_ cells: [[UInt8]?]) {
        append(UInt32(cells.count), bytes: 2)
        for cell in cells {
            append(cell.map { UInt32($0.count) } ?? .max, bytes: 4)
            if let cell { bytes += cell }
        }
    }

    /// Ends the copy.
    ///
    /// - Returns: All bytes of it.
    package consuming func end() -> [UInt8] {
        bytes += [0xFF, 0xFF]
        return bytes
    }

    /// Adds the last bytes of a number, the most significant of them first.
    private mutating func append(_ number: UInt32, bytes count: Int) {
        for place in (0..<count).reversed() { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
    }
}
