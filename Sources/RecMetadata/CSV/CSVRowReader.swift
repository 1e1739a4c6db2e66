internal import RecCore
internal import RecFiles

/// Turns the records of a table into products, according to the header.
struct CSVRowReader {
    private let format: CSVFormat
    private let header: CSVHeader
    private let delimiter: CSVFormat.Delimiter
    private let profile: CSVProfile
    private let encoding: TextEncoding
    private let missingMarkers: Set<ByteString>

    /// The position of each column among the attributes; `nil` for the others.
    private let attributeOfColumn: [Int?]
    private let separators: [Character?]
    private let isInteger: [Bool]
    private var cache = CellCache()

    init(
        _ header: CSVHeader,
        _ profile: CSVProfile,
        _ delimiter: CSVFormat.Delimiter,
        _ encoding: TextEncoding,
        format: CSVFormat
    ) {
        self.format = format
        self.header = header
        self.delimiter = delimiter
        self.profile = profile
        self.encoding = encoding
        missingMarkers = Set(format.missingMarkers.map { ByteString($0) })
        var next = 0
        attributeOfColumn = header.roles.map { role in
            guard case .attribute = role else { return nil }
            next += 1
            return next - 1
        }
        separators = header.attributeNames.map { format.valueSeparators[$0] }
        isInteger = header.attributeNames.map { format.integerColumns.contains($0) }
    }

    /// Adds the product of the tokenizer's record.
    ///
    /// - Throws: The issue for which the row is skipped.
    mutating func add(_ tokenizer: CSVTokenizer, to products: inout ProductCollector) throws(RowRejection) {
        if tokenizer.record.isRejected, let rejection = tokenizer.record.rejection {
            throw RowRejection(issue: rejection)
        }
        let line = tokenizer.record.line
        var repairs = tokenizer.record.repairs
        let shape = try shape(of: tokenizer, &repairs)
        let id = try id(in: tokenizer, fieldCount: shape.fieldCount, &repairs)
        let (place, earlier) = products.find(id)
        if let earlier {
            throw RowRejection(
                .duplicateID,
                line: line,
                product: id,
                "line \(earlier) has the same identifier; it counts"
            )
        }
        var title: String?
        for column in 0..<min(shape.fieldCount, header.roles.count) {
            if let attribute = attributeOfColumn[column] {
                read(tokenizer, field: column, attribute: attribute, to: &products, &repairs)
            } else if header.roles[column] == .title {
                title = value(of: column, in: tokenizer, &repairs)
            }
        }
        if let joined = shape.joined {
            let parts = joined.map { field in
                let (text, isDamaged) = tokenizer.text(of: field)
                if isDamaged { repairs.append(damage(line: line)) }
                return text
            }
            title = meaning(of: parts.joined(separator: delimiter.text))
        }
        products.add(id, at: place, title: title, line: line)
        for repair in repairs {
            products.report.repaired.append(
                CatalogueIssue(repair.kind, line: repair.line, product: id, repair.message)
            )
        }
    }

    // MARK: Fields

    /// Reads the field of an attribute.
    private mutating func read(
        _ tokenizer: CSVTokenizer,
        field: Int,
        attribute: Int,
        to products: inout ProductCollector,
        _ repairs: inout [CatalogueIssue]
    ) {
        let place = tokenizer.record.fields[field]
        let source = place.isInScratch ? tokenizer.record.scratch : tokenizer.buffer.bytes
        let bytes = source.span.extracting(place.range)
        if bytes.isEmpty { return }
        let (found, hash) = cache.find(bytes, column: attribute)
        guard let position = found ?? cache.insert(cell(bytes, attribute), bytes, column: attribute, hash: hash) else {
            let cell = cell(bytes, attribute)
            if !cell.isPlain { note(cell, line: place.line, &repairs) }
            if !cell.values.isEmpty {
                products.set(products.code(for: cell.values, column: attribute), column: attribute)
            }
            return
        }
        if !cache.entries[position].cell.isPlain { note(cache.entries[position].cell, line: place.line, &repairs) }
        if cache.entries[position].block != products.blockNumber {
            let values = cache.entries[position].cell.values
            let code = values.isEmpty ? 0 : products.code(for: values, column: attribute)
            cache.setCode(code, block: products.blockNumber, at: position)
        }
        let code = cache.entries[position].code
        if code != 0 { products.set(code, column: attribute) }
    }

    private func cell(_ bytes: Span<UInt8>, _ attribute: Int) -> Cell {
        var cell = Cell()
        let text: String
        if let valid = bytes.validText {
            text = valid
        } else {
            text = bytes.text
            cell.isDamaged = true
        }
        guard let value = meaning(of: text) else { return cell }
        if let separator = separators[attribute] {
            cell.values =
                AttributeValues(value.split(separator: separator).compactMap { meaning(of: String($0)) }).values
        } else if isInteger[attribute], let integer = value.integerPart {
            cell.decimals = "\(header.attributeNames[attribute]) '\(value)' read as '\(integer)'"
            cell.values = [integer]
        } else {
            cell.values = [value]
        }
        return cell
    }

    private func note(_ cell: Cell, line: Int, _ repairs: inout [CatalogueIssue]) {
        if cell.isDamaged { repairs.append(damage(line: line)) }
        if let decimals = cell.decimals { repairs.append(CatalogueIssue(.decimalInteger, line: line, decimals)) }
    }

    private func damage(line: Int) -> CatalogueIssue {
        CatalogueIssue(.invalidUTF8, line: line, "bytes that are not \(encoding.rawValue) replaced by U+FFFD")
    }

    /// The text without blanks around it, or `nil` when it means "missing".
    private func meaning(of text: String) -> String? {
        let text = text.trimmingBlanks()
        return text.isEmpty || missingMarkers.contains(ByteString(text)) ? nil : text
    }

    private func value(of field: Int, in tokenizer: CSVTokenizer, _ repairs: inout [CatalogueIssue]) -> String? {
        let (text, isDamaged) = tokenizer.text(of: field)
        if isDamaged { repairs.append(damage(line: tokenizer.record.fields[field].line)) }
        return meaning(of: text)
    }

    private func id(
        in tokenizer: CSVTokenizer,
        fieldCount: Int,
        _ repairs: inout [CatalogueIssue]
    ) throws(RowRejection) -> ProductID {
        let line = tokenizer.record.line
        guard header.idIndex < fieldCount, let text = value(of: header.idIndex, in: tokenizer, &repairs) else {
            throw RowRejection(.missingID, line: line, "the row has no identifier")
        }
        guard let integer = text.integerPart else { return ProductID(text) }
        repairs.append(CatalogueIssue(.decimalInteger, line: line, "identifier '\(text)' read as '\(integer)'"))
        return ProductID(integer)
    }

    // MARK: Rows with too many or too few fields

    /// The number of fields that are used one for a column, and those that are joined into the title.
    private func shape(
        of tokenizer: CSVTokenizer,
        _ repairs: inout [CatalogueIssue]
    ) throws(RowRejection) -> (fieldCount: Int, joined: ClosedRange<Int>?) {
        let count = tokenizer.record.fields.count
        let recordLine = tokenizer.record.line
        let width = header.roles.count
        if count == width { return (width, nil) }
        func issue(_ kind: CatalogueIssue.Kind, _ consequence: String) -> CatalogueIssue {
            let counts = "\(count) \(count == 1 ? "field" : "fields") for \(width) columns"
            return CatalogueIssue(kind, line: recordLine, "\(counts); \(consequence)")
        }
        func text(_ field: Int) -> String? { field < count ? meaning(of: tokenizer.text(of: field).text) : nil }
        func misplaced() -> CatalogueIssue? {
            guard let column = profile.misplacedColumn(text) else { return nil }
            let name = header.names[column]
            return issue(
                .shiftedRow,
                "'\(name)' holds numbers, but '\(text(column) ?? "")' here, so values stand in the wrong columns; quote "
                    + "fields that have a delimiter in them"
            )
        }
        if count < width {
            guard count > 1 else { throw RowRejection(issue: issue(.truncatedRow, "the row seems to be cut off")) }
            if let issue = misplaced() { throw RowRejection(issue: issue) }
            repairs.append(issue(.shortRow, "the rest counts as missing"))
            return (count, nil)
        }
        guard let lastText = (width..<count).last(where: { !tokenizer.isBlank($0) }) else {
            // A header with blank columns of its own allows them.
            if count > header.writtenCount {
                if let issue = misplaced() { throw RowRejection(issue: issue) }
                repairs.append(issue(.droppedBlankFields, "the blank ones dropped"))
            }
            return (width, nil)
        }
        guard header.endsWithTitle else {
            throw RowRejection(issue: issue(.longRow, "quote the field that has a delimiter in it"))
        }
        if let issue = misplaced() { throw RowRejection(issue: issue) }
        if let cut = profile.likelyCut(extra: lastText - width + 1, text) {
            throw RowRejection(
                issue: issue(
                    .shiftedRow,
                    "'\(header.names[cut])' seems to have a delimiter in it, so values stand in the wrong columns; quote it"
                )
            )
        }
        repairs.append(issue(.joinedFields, "the last \(lastText - width + 2) joined into '\(format.titleColumn)'"))
        return (width - 1, width - 1...lastText)
    }
}

extension CSVFormat.Delimiter {
    /// The delimiter as text.
    var text: String { String(UnicodeScalar(rawValue)) }
}
