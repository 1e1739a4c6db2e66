internal import RecCore
internal import RecFiles

/// A Parquet file: texts and lists of numbers, row group by row group.
///
/// It reads what Spark, pandas and DuckDB write in version 1 of the format: pages of both versions, values as they are
/// or from a dictionary, Snappy or no compression. Anything else is refused with the setting that avoids it. What is in
/// memory is bounded by the size of a row group's column.
struct ParquetFile {
    /// The most rows that a byte of a file can stand for, and the most in a row group.
    private static let (rowsPerByte, maximumGroupCount) = (64, 1 << 24)

    private let stream: FileStream
    private let footer: ParquetFooter

    /// Opens a file and reads its description.
    ///
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile`, `notParquet`, `corruptTable` or
    ///   `unsupportedTable`.
    init(path: String) throws(RecError) {
        let start: [UInt8]
        do throws(FileError) {
            stream = try FileStream(path: path)
            start = try stream.bytes(at: 0, count: 4)
        } catch {
            throw RecError(error)
        }
        let size = stream.size
        guard start == Array("PAR1".utf8) else {
            throw RecError(.notParquet, path: path, "The file does not begin as a Parquet file does.")
        }
        do throws(ParquetFault) {
            var end = size >= 12 ? try Self.read(stream, size - 8, 8)[...] : []
            guard let length = end.takeNumber(bytes: 4), end == Array("PAR1".utf8)[...] else {
                throw .damaged("its end is missing")
            }
            guard length <= size - 12 else { throw .damaged("its description is longer than the file") }
            footer = try ParquetFooter(Self.read(stream, size - 8 - length, length))
            var rowCount = 0
            for group in footer.rowGroups {
                guard group.rowCount <= Self.maximumGroupCount else {
                    throw .unsupported("A row group has more than \(Self.maximumGroupCount) rows. Write smaller ones.")
                }
                rowCount += group.rowCount
            }
            guard rowCount / Self.rowsPerByte <= size else { throw .damaged("it has more rows than it has room for") }
        } catch {
            throw error.error(path: path)
        }
    }

    /// The columns.
    var leaves: [ParquetLeaf] { footer.leaves }

    /// The number of rows in each row group.
    var rowCounts: [Int] { footer.rowGroups.map(\.rowCount) }

    /// The texts of a column, one a row; `nil` where there is none.
    func texts(_ leaf: ParquetLeaf, rowGroup: Int) throws(RecError) -> [String?] {
        do throws(ParquetFault) {
            guard leaf.maximumRepetition == 0, leaf.kind == .bytes else {
                throw .unsupported("The column '\(leaf.path.joined(separator: "."))' is not a text.")
            }
            var pages = try pages(leaf, rowGroup)
            let rowCount = footer.rowGroups[rowGroup].rowCount
            var result: [String?] = []
            while let page = try pages.next() {
                guard case .texts(let values) = page.values, page.count <= rowCount - result.count else {
                    throw .damaged("a column has more rows than stated")
                }
                if page.definition.isEmpty {
                    result += values.map { $0 }
                } else {
                    var next = values.startIndex
                    for level in page.definition {
                        guard Int(level) == leaf.maximumDefinition else {
                            result.append(nil)
                            continue
                        }
                        result.append(values[next])
                        next += 1
                    }
                }
            }
            guard result.count == rowCount else { throw .damaged("a column has fewer rows than stated") }
            return result
        } catch {
            throw error.error(path: stream.path)
        }
    }

    /// Reads a column of lists of numbers.
    ///
    /// - Parameters:
    ///   - leaf: The column.
    ///   - rowGroup: The number of the row group.
    ///   - body: Gets the list of each row in turn; `nil` where there is none, or where an element is missing.
    /// - Throws: `RecError`, and what `body` throws.
    func lists(
        _ leaf: ParquetLeaf,
        rowGroup: Int,
        _ body: (Int, [Float]?) throws -> Void
    ) throws {
        do {
            guard leaf.maximumRepetition == 1, leaf.kind == .float || leaf.kind == .double else {
                throw ParquetFault.unsupported(
                    "The column '\(leaf.path.joined(separator: "."))' is not a list of numbers in floating point."
                )
            }
            let rowCount = footer.rowGroups[rowGroup].rowCount
            var lists = ListAssembly(leaf)
            var pages = try pages(leaf, rowGroup)
            var row = 0
            func deliver(_ list: [Float]?) throws {
                guard row < rowCount else { throw ParquetFault.damaged("a column has more rows than stated") }
                try body(row, list)
                row += 1
            }
            while let page = try pages.next() { try lists.add(page, deliver) }
            try lists.finish(deliver)
            guard row == rowCount else { throw ParquetFault.damaged("a column has fewer rows than stated") }
        } catch let fault as ParquetFault {
            throw fault.error(path: stream.path)
        }
    }

    private func pages(_ leaf: ParquetLeaf, _ rowGroup: Int) throws(ParquetFault) -> ParquetPages {
        let group = footer.rowGroups[rowGroup]
        let chunk = group.chunks[leaf.position]
        guard !chunk.isElsewhere else { throw .unsupported("The file's columns are encrypted or in other files.") }
        guard chunk.start >= 4, chunk.size <= stream.size, chunk.start <= stream.size - chunk.size else {
            throw .damaged("a column lies outside the file")
        }
        return try ParquetPages(Self.read(stream, chunk.start, chunk.size), of: leaf, chunk, rowCount: group.rowCount)
    }

    private static func read(_ stream: FileStream, _ offset: Int, _ count: Int) throws(ParquetFault) -> [UInt8] {
        guard let bytes = try? stream.bytes(at: offset, count: count), bytes.count == count else {
            throw .damaged("it cannot be read to its end")
        }
        return bytes
    }
}
