/// The attributes of some products of a table, column by column.
///
/// A value takes two bytes where a dictionary of a product's own takes fifty. A product keeps the block of its table
/// alive, which holds a thousand rows at most.
package final class AttributeBlock: Sendable {
    /// The largest number of rows of a block.
    package static let maximumRowCount = 1024

    let names: AttributeNames
    private let columns: [Column]

    /// The values of one attribute.
    fileprivate struct Column {
        /// What each row has: 0 for nothing, the number of a value from 1 on, or of a list above `listMark`.
        ///
        /// Rows after the last code have nothing.
        var codes: [UInt16] = []
        var values: [String] = []
        var lists: [[String]] = []

        static let listMark: UInt16 = 0x8000
    }

    fileprivate init(names: AttributeNames, columns: [Column]) {
        self.names = names
        self.columns = columns
    }

    /// The values in a column of a row; empty when it lacks the attribute.
    func values(column: Int, row: Int) -> ArraySlice<String> {
        guard row < columns[column].codes.count else { return [] }
        let code = columns[column].codes[row]
        if code == 0 { return [] }
        if code > Column.listMark { return columns[column].lists[Int(code - Column.listMark) - 1][...] }
        return columns[column].values[Int(code) - 1...Int(code) - 1]
    }
}

extension AttributeBlock {
    /// Collects the rows of a block.
    package struct Builder {
        /// The number of finished rows.
        package private(set) var rowCount = 0
        private var columns: [Column]

        /// The number of columns.
        package var columnCount: Int { columns.count }

        /// Begins a block.
        package init(columnCount: Int) {
            columns = [Column](repeating: Column(), count: columnCount)
        }

        /// Adds a column at the end, which the rows so far lack.
        package mutating func addColumn() {
            columns.append(Column())
        }

        /// Adds a value to the dictionary of a column.
        ///
        /// - Returns: Its code in this block.
        /// - Precondition: A column has no more values and lists than a block has rows.
        package mutating func code(for value: String, column: Int) -> UInt16 {
            columns[column].values.append(value)
            return UInt16(columns[column].values.count)
        }

        /// Adds several values, which one product has, to the dictionary of a column.
        package mutating func code(forList values: [String], column: Int) -> UInt16 {
            columns[column].lists.append(values)
            return Column.listMark + UInt16(columns[column].lists.count)
        }

        /// Gives the row that comes next a value or a list.
        package mutating func set(_ code: UInt16, column: Int) {
            while columns[column].codes.count < rowCount { columns[column].codes.append(0) }
            if columns[column].codes.count == rowCount {
                columns[column].codes.append(code)
            } else {
                columns[column].codes[rowCount] = code
            }
        }

        /// Takes back what the row that comes next was given.
        package mutating func discardRow() {
            for column in columns.indices where columns[column].codes.count > rowCount {
                columns[column].codes.removeLast()
            }
        }

        /// Ends a row.
        package mutating func endRow() {
            rowCount += 1
        }

        /// The block of the rows so far, with columns of these names, no two of which are equal.
        package func block(names: [String]) -> AttributeBlock {
            block(names: AttributeNames(names))
        }

        /// The block of the rows so far, with names of columns that blocks of a table share.
        package func block(names: AttributeNames) -> AttributeBlock {
            AttributeBlock(names: names, columns: columns)
        }
    }
}
