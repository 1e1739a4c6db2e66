internal import RecCore

/// Turns the text of a CSV file into products and a report.
struct CSVTable {
    private var reader: CSVRowReader
    private var tokenizer: CSVTokenizer
    private var products: ProductCollector

    /// Reads a whole table.
    ///
    /// - Returns: The products with the report, and the line of each product.
    /// - Throws: `RecError`; `CancellationError` soon after the task is cancelled.
    static func read(
        _ source: TableSource,
        name: String,
        format: CSVFormat
    ) throws -> (catalogue: Catalogue, lines: [Int32]) {
        if let error = TableSniffer.refusal(of: try source.piece(at: 0, length: 64), name: name) { throw error }
        var table = try CSVTable(source, name: name, format: format)
        try table.readRows()
        return table.products.finish()
    }

    /// Reads the header.
    private init(_ source: TableSource, name: String, format: CSVFormat) throws(RecError) {
        let guess = try EncodingGuess(source, given: format.encoding) { text in
            (try? CSVOpening(text, isComplete: false, name: name, format: format)) != nil
        }
        var buffer = TextBuffer(source, encoding: guess.encoding, skipping: guess.markLength)
        while buffer.bytes.count < CSVOpening.sampleSize, try buffer.extend() {}
        let opening = try CSVOpening(buffer.bytes, isComplete: buffer.isComplete, name: name, format: format)
        tokenizer = CSVTokenizer(
            buffer,
            from: opening.start,
            line: opening.line,
            delimiter: opening.delimiter,
            format: format
        )
        let header = opening.header
        reader = CSVRowReader(header, opening.profile, opening.delimiter, guess.encoding, format: format)
        products = ProductCollector(source: name, listLimit: format.issueListLimit, names: header.attributeNames)
        products.report.blankLineCount = opening.blankLineCount
        if let notice = guess.notice { products.report.notices.append(CatalogueIssue(.guessedEncoding, notice)) }
        for notice in header.notices { products.report.notices.append(notice) }
    }

    private mutating func readRows() throws {
        // The header.
        _ = try tokenizer.next()
        while try tokenizer.next() {
            if products.report.rowCount.isMultiple(of: 256) { try Task.checkCancellation() }
            if tokenizer.isBlankLine {
                products.report.blankLineCount += 1
                continue
            }
            products.report.rowCount += 1
            if products.report.rowCount == 4096 { reserve() }
            do throws(RowRejection) {
                try reader.add(tokenizer, to: &products)
            } catch {
                products.report.skipped.append(error.issue)
            }
        }
    }

    /// Reserves memory for as many products as the rows so far let expect.
    private mutating func reserve() {
        let expected = Double(products.report.rowCount) / tokenizer.readShare
        products.reserve(Int(min(expected * 1.03, 1e8)))
    }
}
