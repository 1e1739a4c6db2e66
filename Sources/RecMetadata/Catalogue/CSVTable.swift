import RecCore

/// Turns the bytes of a CSV file into products and a report.
struct CSVTable {
    private let mapper: CSVRowMapper
    private var products: [Product] = []
    private var lines: [Int] = []
    private var lineOfID: [ProductID: Int] = [:]
    private var report: CatalogueReport

    /// Reads a whole file.
    ///
    /// - Returns: The products with the report, and the line of each product.
    /// - Throws: `RecError`; `CancellationError` soon after the task is cancelled.
    static func read(
        _ bytes: [UInt8],
        name: String,
        format: CSVFormat
    ) throws -> (catalogue: Catalogue, lines: [Int]) {
        if let error = CSVSniffer.refusal(of: bytes, name: name) { throw error }
        var opening = try openTable(bytes, name: name, format: format)
        var table = CSVTable(mapper: opening.mapper, report: opening.report)
        while let record = opening.tokenizer.next() {
            if table.report.rowCount.isMultiple(of: 256) { try Task.checkCancellation() }
            table.add(record)
        }
        table.report.productCount = table.products.count
        return (Catalogue(products: table.products, report: table.report), table.lines)
    }

    private init(mapper: CSVRowMapper, report: CatalogueReport) {
        self.mapper = mapper
        self.report = report
    }

    private struct Opening {
        var tokenizer: CSVTokenizer
        let mapper: CSVRowMapper
        let report: CatalogueReport
    }

    /// Reads the header, the first record that is not blank, with each delimiter in turn until there is an identifier.
    private static func openTable(
        _ bytes: [UInt8],
        name: String,
        format: CSVFormat
    ) throws(RecError) -> Opening {
        var firstRecord: CSVRecord?
        for delimiter in format.delimiter.map({ [$0] }) ?? CSVFormat.Delimiter.allCases {
            var tokenizer = CSVTokenizer(bytes, delimiter: delimiter, format: format)
            var report = CatalogueReport(source: name, listLimit: format.issueListLimit)
            var candidate = tokenizer.next()
            while let record = candidate, record.isBlank {
                report.blankLineCount += 1
                candidate = tokenizer.next()
            }
            guard let record = candidate else { continue }
            if record.rejection == nil, let header = CSVHeader(record, format: format) {
                for notice in header.notices { report.notices.append(notice) }
                let mapper = CSVRowMapper(format: format, header: header, delimiter: delimiter)
                return Opening(tokenizer: tokenizer, mapper: mapper, report: report)
            }
            firstRecord = firstRecord ?? record
        }
        guard let firstRecord else {
            throw RecError(.emptyFile, path: name, "The file has blank lines only; a header is needed.")
        }
        if let rejection = firstRecord.rejection {
            throw RecError(
                .missingColumn,
                path: name,
                line: firstRecord.line,
                "The header cannot be read: \(rejection)."
            )
        }
        let found = firstRecord.fields.prefix(20).map { String($0.prefix(40)).debugDescription }.joined(separator: ", ")
        throw RecError(
            .missingColumn,
            path: name,
            line: firstRecord.line,
            "The header has no column '\(format.idColumn)'; it has \(found). Add one, or set CSVFormat.idColumn."
        )
    }

    private mutating func add(_ record: CSVRecord) {
        guard !record.isBlank else {
            report.blankLineCount += 1
            return
        }
        report.rowCount += 1
        do throws(CSVRowMapper.Rejection) {
            let row = try mapper.row(from: record)
            let id = row.product.id
            if let line = lineOfID[id] {
                throw CSVRowMapper.Rejection(
                    issue: CatalogueIssue(
                        .duplicateID,
                        line: record.line,
                        product: id,
                        "line \(line) has the same identifier; it counts"
                    )
                )
            }
            lineOfID[id] = record.line
            products.append(row.product)
            lines.append(record.line)
            for repair in row.repairs { report.repaired.append(repair) }
        } catch {
            report.skipped.append(error.issue)
        }
    }
}
