extension RecCoreError.Code {
    /// The stored form of an ``EmbeddingTransform`` is damaged or of another version.
    public static let invalidTransform = RecCoreError.Code(description: "invalid-transform")
}
