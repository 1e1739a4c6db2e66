extension EmbeddingTransform {
    /// The transform as text, for the notes of an index: its bytes in Base64 (RFC 4648).
    ///
    /// ```swift
    /// builder.notes["image.transform"] = transform.text
    /// let transform = try index.notes["image.transform"].map { try EmbeddingTransform(text: $0) }
    /// ```
    public var text: String { Base64.encode(bytes) }

    /// Reads a transform from its text.
    ///
    /// - Throws: ``RecError`` with code `invalidTransform` when the text is not that of a transform.
    public init(text: String) throws(RecError) {
        guard let bytes = Base64.decode(text) else { throw TransformReader.damaged("it is not Base64") }
        try self.init(bytes: bytes)
    }
}
