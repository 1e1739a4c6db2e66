internal import RecCore

/// Reads files of embeddings into one table.
struct EmbeddingReader {
    /// What was read so far.
    private(set) var table: EmbeddingTable

    /// The recipe that a row had last, as text.
    private var lastRecipe: String?

    /// Creates a reader that fills a table.
    init(_ table: EmbeddingTable) {
        self.table = table
    }

    /// Whether a file has a name that this reader knows.
    static func reads(_ name: String) -> Bool {
        [".parquet", ".jsonl", ".ndjson", ".json"].contains { name.hasSuffix($0) }
    }

    /// Reads a file.
    ///
    /// - Throws: `RecError`; `CancellationError` soon after the task is cancelled.
    mutating func read(_ path: String) throws {
        if path.hasSuffix(".parquet") {
            try readParquet(path)
        } else {
            try readLines(path)
        }
    }

    // MARK: Parquet

    private mutating func readParquet(_ path: String) throws {
        let file = try ParquetFile(path: path)
        func leaf(_ names: [String]...) -> ParquetLeaf? {
            file.leaves.first { leaf in names.contains { $0 == leaf.path } }
        }
        let vectors = file.leaves.filter { $0.path.first == "embedding" }
        guard let paths = leaf(["path"]), vectors.count == 1 else {
            let names = file.leaves.prefix(50).map { $0.path.joined(separator: ".") }.joined(separator: ", ")
            throw RecError(
                .invalidEmbeddings,
                "The columns 'path' (a text) and 'embedding' (a list of numbers) are needed; there are: \(names)."
            )
        }
        let recipes = leaf(["recipe"])
        let codes = leaf(["error", "code"])
        let messages = leaf(["error", "message"], ["error"])
        for group in file.rowCounts.indices {
            try Task.checkCancellation()
            let names = try file.texts(paths, rowGroup: group)
            let recipes = try recipes.map { try file.texts($0, rowGroup: group) }
            let codes = try codes.map { try file.texts($0, rowGroup: group) }
            let messages = try messages.map { try file.texts($0, rowGroup: group) }
            try file.lists(vectors[0], rowGroup: group) { row, vector in
                let recipe = recipes?[row] ?? nil
                // A picture that failed may have no recipe.
                if vector != nil || recipe != nil { try use(recipe) }
                guard let name = names[row] else {
                    return table.add(fault: RecError(.invalidEmbeddings, path: path, "Row \(row + 1) has no path."))
                }
                try add(name, vector, code: codes?[row] ?? nil, message: messages?[row] ?? nil)
            }
        }
    }

    // MARK: JSON Lines

    private mutating func readLines(_ path: String) throws {
        let source = try TableSource(path: path, limit: .max, setting: "")
        let start = try source.piece(at: 0, length: 64)
        if start.starts(with: [0x1F, 0x8B]), let error = TableSniffer.refusal(of: start, name: path) { throw error }
        var lines = LineReader(TextBuffer(source, encoding: .utf8, skipping: 0), maximumSize: 1 << 24)
        while try lines.next() {
            if lines.line.isMultiple(of: 256) { try Task.checkCancellation() }
            let text = lines.buffer.bytes[lines.range]
            guard lines.isTooLong || text.contains(where: { $0 > 0x20 }) else { continue }
            do {
                guard !lines.isTooLong else { throw JSONObjectScanner.Fault(position: 0, reason: "it is too long") }
                let row = try EmbeddingLine(lines.buffer.bytes.span.extracting(lines.range))
                if row.vector != nil || row.recipe != nil { try use(row.recipe) }
                try add(row.path, row.vector, code: row.code, message: row.message)
            } catch let fault as JSONObjectScanner.Fault {
                table.add(
                    fault: RecError(
                        .invalidEmbeddings,
                        path: path,
                        line: lines.line,
                        "This is no row: \(fault.reason)."
                    )
                )
            } catch let error as RecError {
                throw RecError(error.code, path: path, line: lines.line, error.message)
            }
        }
    }

    // MARK: Rows

    /// Takes the recipe of a row, which must be that of all others; a row without one has that of the table.
    private mutating func use(_ text: String?) throws(RecError) {
        guard let text else {
            guard table.hasRecipe else {
                throw RecError(
                    .invalidEmbeddings,
                    "It is not known how the embeddings were made. Put the file that rec-demo embed --recipe writes "
                        + "beside them, as \(EmbeddingFolder.recipeName)."
                )
            }
            return
        }
        guard text != lastRecipe else { return }
        let bytes = Array(text.utf8)
        try table.use(Recipe(json: bytes.span))
        lastRecipe = text
    }

    private mutating func add(
        _ path: String,
        _ vector: [Float]?,
        code: String?,
        message: String?
    ) throws(RecError) {
        if let vector, !vector.isEmpty { return try table.add(path, .success(vector)) }
        let code: RecError.Code = code.map { .init($0, .unprocessable) } ?? .invalidEmbeddings
        try table.add(
            path,
            .failure(RecError(code, message ?? "The row of '\(path)' has neither embedding nor error."))
        )
    }
}
