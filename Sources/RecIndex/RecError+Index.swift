public import RecCore

extension RecError.Code {
    /// The file is not of the expected kind.
    public static let foreignFile = RecError.Code("foreign-file", .storage)
    /// The file was written by a newer version of this package, or is damaged in its version number.
    public static let unsupportedVersion = RecError.Code("unsupported-version", .storage)
    /// The end of the file is missing.
    public static let truncated = RecError.Code("truncated", .storage)
    /// The file is damaged: a checksum or a rule of the format is broken.
    public static let corrupt = RecError.Code("corrupt", .storage)
}
