package import RecCore

extension RecError.Code {
    /// The file is not of the expected kind.
    package static let foreignFile = RecError.Code("foreign-file", .configuration)
    /// The file was written by a newer version of this package, or is damaged in its version number.
    package static let unsupportedVersion = RecError.Code("unsupported-version", .configuration)
    /// The end of the file is missing.
    package static let truncated = RecError.Code("truncated", .configuration)
    /// The file is damaged: a checksum or a rule of the format is broken.
    package static let corrupt = RecError.Code("corrupt", .configuration)
}
