internal import RecCore
internal import RecFiles

/// Turns the text of a file in JSON Lines into products and a report.
struct JSONLinesTable {
    private var lines: LineReader
    private var reader: JSONRowReader
    private var products: ProductCollector
    private let name: String
    private var firstFault: (line: Int, reason: String)?
    private let maximumFieldCount: Int

    /// Reads a whole table.
    ///
    /// - Throws: `RecError`; `CancellationError` soon after the task is cancelled.
    static func read(
        _ source: TableSource,
        name: String,
        folder: String,
        format: JSONLinesFormat
    ) throws -> Catalogue {
        if let error = TableSniffer.refusal(of: try source.piece(at: 0, length: 64), name: name) { throw error }
        var table = try JSONLinesTable(source, name: name, folder: folder, format: format)
        try table.readRows()
        return try table.finish()
    }

    private init(_ source: TableSource, name: String, folder: String, format: JSONLinesFormat) throws(RecError) {
        let guess = try EncodingGuess(source, given: nil) { text in
            text.first { $0 > 0x20 } == UInt8(ascii: "{")
        }
        let buffer = TextBuffer(source, encoding: guess.encoding, skipping: guess.markLength)
        lines = LineReader(buffer, maximumSize: format.maximumLineSize)
        reader = JSONRowReader(folder: folder, format: format, encoding: guess.encoding)
        products = ProductCollector(source: name, listLimit: format.issueListLimit, names: [])
        maximumFieldCount = format.maximumTableFieldCount
        self.name = name
        if let notice = guess.notice { products.report.notices.append(CatalogueIssue(.guessedEncoding, notice)) }
    }

    private mutating func readRows() throws {
        while try lines.next() {
            if lines.line.isMultiple(of: 256) { try Task.checkCancellation() }
            guard !lines.isTooLong else {
                products.report.rowCount += 1
                skip(RowRejection(.oversizedRow, line: lines.line, "the line is longer than the limit"))
                continue
            }
            guard let first = lines.buffer.bytes[lines.range].first(where: { $0 > 0x20 }) else {
                products.report.blankLineCount += 1
                continue
            }
            products.report.rowCount += 1
            if products.report.rowCount == 1, first == UInt8(ascii: "[") { throw arrayError }
            if products.report.rowCount == 4096 {
                products.reserve(Int(min(4096 / lines.readShare * 1.03, 1e8)))
            }
            do throws(RowRejection) {
                try reader.add(lines, to: &products)
            } catch {
                skip(error)
            }
            guard reader.fieldCount <= maximumFieldCount else {
                throw RecError(
                    .notJSONLines,
                    path: name,
                    line: lines.line,
                    "The objects have more than \(maximumFieldCount) different fields. Name fields alike in all objects, "
                        + "and keep what differs from product to product in the values."
                )
            }
        }
    }

    private var arrayError: RecError {
        RecError(
            .notJSONLines,
            path: name,
            line: lines.line,
            "The file is a JSON array. Write one object a line, without brackets around them and commas between them "
                + "(pandas: to_json(orient='records', lines=True); jq -c '.[]')."
        )
    }

    private mutating func skip(_ rejection: RowRejection) {
        if firstFault == nil { firstFault = (rejection.issue.line ?? 0, rejection.issue.message) }
        products.report.skipped.append(rejection.issue)
    }

    /// The catalogue, if there was an object at all.
    private mutating func finish() throws(RecError) -> Catalogue {
        let faults = products.report.skipped.countByKind
        let faultCount = faults[.invalidJSON, default: 0] + faults[.oversizedRow, default: 0]
        guard products.report.rowCount > 0 else {
            throw RecError(.emptyFile, path: name, "The file has blank lines only; one object a line is needed.")
        }
        if faultCount == products.report.rowCount {
            throw RecError(
                .notJSONLines,
                path: name,
                line: firstFault?.line,
                "No line is a JSON object; the first: \(firstFault?.reason ?? ""). Write each object on one line."
            )
        }
        var (catalogue, lines) = products.finish()
        if catalogue.products.contains(where: { $0.picture != nil }) {
            for (index, product) in catalogue.products.enumerated() where product.picture == nil {
                catalogue.report.missingPictures.append(
                    CatalogueIssue(.missingPicture, line: Int(lines[index]), product: product.id, "no picture is named")
                )
            }
        }
        return catalogue
    }
}
