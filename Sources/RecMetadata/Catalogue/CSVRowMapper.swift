import RecCore

/// Converts a record to a product, according to the header.
struct CSVRowMapper {
    /// The reason why a record is skipped.
    struct Rejection: Error {
        let issue: CatalogueIssue
    }

    let format: CSVFormat
    let header: CSVHeader
    let delimiter: CSVFormat.Delimiter

    /// The product of a record and the repairs that were needed.
    func row(from record: CSVRecord) throws(Rejection) -> (product: Product, repairs: [CatalogueIssue]) {
        if let rejection = record.rejection { throw Rejection(issue: rejection) }
        var repairs = record.repairs
        let fields = try fitted(record, &repairs)
        var text = header.idIndex < fields.count ? fields[header.idIndex].trimmingBlanks() : ""
        guard !format.missingMarkers.contains(text), !text.isEmpty else {
            throw Rejection(issue: CatalogueIssue(.missingID, line: record.line, "the row has no identifier"))
        }
        if let integer = text.integerPart {
            repairs.append(
                CatalogueIssue(.decimalInteger, line: record.line, "identifier '\(text)' read as '\(integer)'")
            )
            text = integer
        }
        var attributes: [String: AttributeValues] = [:]
        attributes.reserveCapacity(header.roles.count)
        var title: String?
        for (role, field) in zip(header.roles, fields) {
            switch role {
            case .id, .unused: break
            case .title: title = value(of: field)
            case .attribute(let name): attributes[name] = values(of: field, name, line: record.line, &repairs)
            }
        }
        let id = ProductID(text)
        let product = Product(id: id, attributes: attributes, title: title)
        return (product, repairs.map { CatalogueIssue($0.kind, line: $0.line, product: id, $0.message) })
    }

    /// The text of a field without blanks around it, or `nil` when it means "missing".
    private func value(of field: String) -> String? {
        let text = field.trimmingBlanks()
        return format.missingMarkers.contains(text) || text.isEmpty ? nil : text
    }

    private func values(
        of field: String,
        _ name: String,
        line: Int,
        _ repairs: inout [CatalogueIssue]
    ) -> AttributeValues? {
        guard let text = value(of: field) else { return nil }
        if let separator = format.valueSeparators[name] {
            return AttributeValues(text.split(separator: separator).compactMap { value(of: String($0)) })
        }
        if format.integerColumns.contains(name), let integer = text.integerPart {
            repairs.append(CatalogueIssue(.decimalInteger, line: line, "\(name) '\(text)' read as '\(integer)'"))
            return AttributeValues(CollectionOfOne(integer))
        }
        return AttributeValues(CollectionOfOne(text))
    }

    /// The fields of a record, as many as there are columns or fewer.
    private func fitted(_ record: CSVRecord, _ repairs: inout [CatalogueIssue]) throws(Rejection) -> [String] {
        let fields = record.fields
        let width = header.roles.count
        func issue(_ kind: CatalogueIssue.Kind, _ consequence: String) -> CatalogueIssue {
            let counts = "\(fields.count) \(fields.count == 1 ? "field" : "fields") for \(width) columns"
            return CatalogueIssue(kind, line: record.line, "\(counts); \(consequence)")
        }
        if fields.count == width { return fields }
        if fields.count < width {
            guard fields.count > 1 else { throw Rejection(issue: issue(.truncatedRow, "the row seems to be cut off")) }
            repairs.append(issue(.shortRow, "the rest counts as missing"))
            return fields
        }
        guard let lastText = fields[width...].lastIndex(where: { !$0.trimmingBlanks().isEmpty }) else {
            // A header with blank columns of its own allows them.
            if fields.count > header.writtenCount {
                repairs.append(issue(.droppedBlankFields, "the blank ones dropped"))
            }
            return Array(fields[..<width])
        }
        guard header.endsWithTitle else {
            throw Rejection(issue: issue(.longRow, "quote the field that has a delimiter in it"))
        }
        repairs.append(issue(.joinedFields, "the last \(lastText - width + 2) joined into '\(format.titleColumn)'"))
        return fields[..<(width - 1)] + [fields[(width - 1)...lastText].joined(separator: delimiter.text)]
    }
}

extension CSVFormat.Delimiter {
    /// The delimiter as text.
    fileprivate var text: String { String(UnicodeScalar(rawValue)) }
}
