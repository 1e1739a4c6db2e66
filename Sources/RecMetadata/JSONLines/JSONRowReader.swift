internal import RecCore
internal import RecFiles

/// Turns the lines of a table in JSON Lines into products.
struct JSONRowReader {
    private typealias Token = JSONObjectScanner.Token

    private let folder: String
    private let format: JSONLinesFormat
    private let encoding: TextEncoding
    private let missingMarkers: Set<ByteString>
    private var fields: JSONFields
    private var cache = CellCache()

    /// The fields of the object in their order, by position, with the tokens that are read after all others.
    private var row = Row()

    private struct Row {
        var id: Token?
        var titles: [(field: Int, rank: Int, value: Token)] = []
        var picture: Token?
        var issues: [CatalogueIssue] = []
    }

    /// The largest number of cells of a block, whose columns hold a code for each row.
    private static let maximumCellCount = 1 << 18
    private static let maximumColumnCount = 4096

    init(folder: String, format: JSONLinesFormat, encoding: TextEncoding) {
        self.folder = folder
        self.format = format
        self.encoding = encoding
        missingMarkers = Set(format.missingMarkers.map { ByteString($0) })
        fields = JSONFields(format: format)
    }

    /// The number of different fields so far.
    var fieldCount: Int { fields.fields.count }

    /// Adds the product of a line.
    ///
    /// - Throws: The reason for which the line is skipped.
    mutating func add(_ lines: LineReader, to products: inout ProductCollector) throws(RowRejection) {
        let bytes = lines.buffer.bytes.span
        row = Row()
        do throws(JSONObjectScanner.Fault) {
            try read(lines.range, bytes, line: lines.line, to: &products)
        } catch {
            products.discardRow()
            let column = error.position - lines.range.lowerBound + 1
            throw RowRejection(.invalidJSON, line: lines.line, "no JSON object: \(error.reason) (at byte \(column))")
        }
        guard let id = row.id.flatMap({ text(of: $0, bytes, name: format.idField, line: lines.line) }) else {
            products.discardRow()
            throw RowRejection(
                .missingID,
                line: lines.line,
                "the object has no identifier in '\(format.idField)'\(fields.hint(line: lines.line))"
            )
        }
        let (place, earlier) = products.find(ProductID(id))
        if let earlier {
            products.discardRow()
            throw RowRejection(
                .duplicateID,
                line: lines.line,
                product: ProductID(id),
                "line \(earlier) has the same identifier; it counts"
            )
        }
        let title = title(bytes, line: lines.line, &products)
        let pictures = pictures(bytes, line: lines.line)
        products.add(ProductID(id), at: place, title: title, pictures: pictures, line: lines.line)
        for issue in row.issues {
            products.report.repaired.append(
                CatalogueIssue(issue.kind, line: issue.line, product: ProductID(id), issue.message)
            )
        }
        limitBlock(&products)
    }

    private mutating func read(
        _ range: Range<Int>,
        _ bytes: Span<UInt8>,
        line: Int,
        to products: inout ProductCollector
    ) throws(JSONObjectScanner.Fault) {
        var scanner = JSONObjectScanner(range, maximumDepth: format.maximumDepth)
        try scanner.open(bytes)
        var count = 0
        while let (name, value) = try scanner.next(bytes, isFirst: count == 0) {
            let position = fields.position(of: name, bytes, guess: count)
            count += 1
            guard count <= format.maximumFieldCount else {
                throw JSONObjectScanner.Fault(
                    position: name.range.lowerBound,
                    reason: "there are more than \(format.maximumFieldCount) fields"
                )
            }
            guard fields.fields[position].line != line else {
                row.issues.append(
                    CatalogueIssue(
                        .duplicateField,
                        line: line,
                        "there are two fields '\(fields.fields[position].name)'; the first counts"
                    )
                )
                continue
            }
            fields.fields[position].line = line
            switch fields.fields[position].role {
            case .id: row.id = value
            case .title(let rank): row.titles.append((position, rank, value))
            case .picture: row.picture = value
            case .attribute: setAttribute(position, value, bytes, line: line, &products)
            }
        }
    }

    // MARK: Values

    private mutating func setAttribute(
        _ field: Int,
        _ value: Token,
        _ bytes: Span<UInt8>,
        line: Int,
        _ products: inout ProductCollector
    ) {
        guard value.kind != .null else { return }
        let column: Int
        if let known = fields.fields[field].column {
            column = known
        } else {
            column = products.addColumn(fields.fields[field].name)
            fields.fields[field].column = column
        }
        guard value.kind != .object else { return note(.nestedValue, field, line, "is an object, which is not used") }
        let source = bytes.extracting(value.range)
        let key = field * 8 + value.kind.number + (value.hasEscapes ? 4 : 0)
        let (found, hash) = cache.find(source, column: key)
        let cell = found == nil ? cell(value, bytes) : nil
        guard let position = found ?? cell.flatMap({ cache.insert($0, source, column: key, hash: hash) }) else {
            if let cell { set(cell, field, column, line, &products) }
            return
        }
        if !cache.entries[position].cell.isPlain { noteFlaws(of: cache.entries[position].cell, field, line) }
        if cache.entries[position].block != products.blockNumber {
            let values = cache.entries[position].cell.values
            let code = values.isEmpty ? 0 : products.code(for: values, column: column)
            cache.setCode(code, block: products.blockNumber, at: position)
        }
        let code = cache.entries[position].code
        if code != 0 { products.set(code, column: column) }
    }

    private mutating func set(
        _ cell: Cell,
        _ field: Int,
        _ column: Int,
        _ line: Int,
        _ products: inout ProductCollector
    ) {
        noteFlaws(of: cell, field, line)
        if !cell.values.isEmpty { products.set(products.code(for: cell.values, column: column), column: column) }
    }

    /// What a value means.
    private func cell(_ value: Token, _ bytes: Span<UInt8>) -> Cell {
        var cell = Cell()
        guard value.kind == .array else {
            append(value, bytes, to: &cell)
            return cell
        }
        var scanner = JSONObjectScanner(value.range, maximumDepth: format.maximumDepth)
        scanner.openArray(bytes)
        while let element = try? scanner.nextElement(bytes) {
            if element.kind == .array || element.kind == .object {
                cell.isNested = true
            } else {
                append(element, bytes, to: &cell)
            }
        }
        if cell.values.count > 1 { cell.values = AttributeValues(cell.values).values }
        return cell
    }

    private func append(_ value: Token, _ bytes: Span<UInt8>, to cell: inout Cell) {
        let source = bytes.extracting(value.range)
        switch value.kind {
        case .yes: cell.values.append("true")
        case .no: cell.values.append("false")
        case .null, .array, .object: break
        case .number: cell.values.append(source.text.withoutZeroDecimals)
        case .string:
            let string = JSONText(source, hasEscapes: value.hasEscapes)
            cell.isDamaged = cell.isDamaged || string.isDamaged
            cell.hadNUL = cell.hadNUL || string.hadNUL
            let text = string.text.trimmingBlanks()
            if !text.isEmpty, !missingMarkers.contains(ByteString(text)) { cell.values.append(text) }
        }
    }

    /// The text of a field that must be one value; `nil` when it is missing.
    private mutating func text(of value: Token, _ bytes: Span<UInt8>, name: String, line: Int) -> String? {
        guard value.kind != .array, value.kind != .object else {
            row.issues.append(
                CatalogueIssue(.nestedValue, line: line, "'\(name)' is an array or an object, which is not used")
            )
            return nil
        }
        let cell = cell(value, bytes)
        noteFlaws(of: cell, name, line)
        return cell.values.first
    }

    private mutating func title(_ bytes: Span<UInt8>, line: Int, _ products: inout ProductCollector) -> String? {
        var title: String?
        for (field, _, value) in row.titles.sorted(by: { $0.rank < $1.rank }) {
            if title == nil {
                title = text(of: value, bytes, name: fields.fields[field].name, line: line)
            } else {
                setAttribute(field, value, bytes, line: line, &products)
            }
        }
        return title
    }

    private mutating func pictures(_ bytes: Span<UInt8>, line: Int) -> [String] {
        guard let value = row.picture, value.kind != .null else { return [] }
        guard value.kind != .object else {
            _ = text(of: value, bytes, name: format.pictureField, line: line)
            return []
        }
        let cell = cell(value, bytes)
        noteFlaws(of: cell, format.pictureField, line)
        return cell.values.compactMap { text in
            if let path = JSONPicture.path(text, in: folder, isAnywhere: format.allowsPicturesAnywhere) { return path }
            row.issues.append(
                CatalogueIssue(
                    .pictureOutside,
                    line: line,
                    "the picture '\(text.prefix(200))' is not a path within the folder, so it is not used; set "
                        + "JSONLinesFormat.allowsPicturesAnywhere if it is right"
                )
            )
            return nil
        }
    }

    // MARK: Issues

    private mutating func noteFlaws(of cell: Cell, _ field: Int, _ line: Int) {
        if !cell.isPlain { noteFlaws(of: cell, fields.fields[field].name, line) }
    }

    private mutating func noteFlaws(of cell: Cell, _ name: String, _ line: Int) {
        if cell.isDamaged {
            row.issues.append(
                CatalogueIssue(
                    .invalidUTF8,
                    line: line,
                    "what is no \(encoding.rawValue) in '\(name)' was replaced by U+FFFD"
                )
            )
        }
        if cell.hadNUL { row.issues.append(CatalogueIssue(.nulBytes, line: line, "NUL removed from '\(name)'")) }
        if cell.isNested {
            row.issues.append(
                CatalogueIssue(
                    .nestedValue,
                    line: line,
                    "'\(name)' has arrays or objects in an array, which are not used"
                )
            )
        }
    }

    private mutating func note(_ kind: CatalogueIssue.Kind, _ field: Int, _ line: Int, _ message: String) {
        row.issues.append(CatalogueIssue(kind, line: line, "'\(fields.fields[field].name)' \(message)"))
    }

    /// Ends the block when its columns are so many that their codes take more memory than the file.
    private mutating func limitBlock(_ products: inout ProductCollector) {
        let columns = products.columnCount
        if columns > Self.maximumColumnCount {
            products.endBlock(names: [])
            fields.forgetColumns()
        } else if columns * (products.block.rowCount + 1) > Self.maximumCellCount {
            products.endBlock(names: nil)
        }
    }
}

extension JSONObjectScanner.Token.Kind {
    /// A number below 4 that tells apart values with the same bytes.
    fileprivate var number: Int {
        switch self {
        case .string: 0
        case .array: 2
        default: 1
        }
    }
}
