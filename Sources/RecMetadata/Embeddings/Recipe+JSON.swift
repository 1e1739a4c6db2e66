internal import RecCore

extension Recipe {
    /// Reads a recipe from a JSON object of texts, in the order of its fields.
    ///
    /// - Throws: `RecError` with code `invalidEmbeddings`.
    init(json bytes: Span<UInt8>) throws(RecError) {
        var fields: [Field] = []
        var scanner = JSONObjectScanner(0..<bytes.count, maximumDepth: 1)
        do throws(JSONObjectScanner.Fault) {
            try scanner.open(bytes)
            while let (name, value) = try scanner.next(bytes, isFirst: fields.isEmpty) {
                let field = Field(
                    name: JSONText(bytes.extracting(name.range), hasEscapes: name.hasEscapes).text,
                    value: JSONText(bytes.extracting(value.range), hasEscapes: value.hasEscapes).text
                )
                guard value.kind == .string, fields.count < 1024, !fields.contains(where: { $0.name == field.name })
                else {
                    throw JSONObjectScanner.Fault(
                        position: value.range.lowerBound,
                        reason: "'\(field.name)' is not a text, or is there twice"
                    )
                }
                fields.append(field)
            }
        } catch {
            throw RecError(
                .invalidEmbeddings,
                "The recipe is not a JSON object of texts, as rec-demo embed --recipe writes it: \(error.reason)."
            )
        }
        guard !fields.isEmpty else { throw RecError(.invalidEmbeddings, "The recipe is empty.") }
        self.init(fields: fields)
    }
}
