extension RecCoreError.Code {
    /// Vectors are too few, or too much alike, to fit what is asked for, or the fitting did not come to an end.
    public static let fittingFailed = RecCoreError.Code(description: "fitting-failed")

    /// The stored form of an ``EmbeddingTransform`` is damaged or of another version.
    public static let invalidTransform = RecCoreError.Code(description: "invalid-transform")
}
