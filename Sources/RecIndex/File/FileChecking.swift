/// When the vectors of an index file are compared with their checksums.
public enum FileChecking: Sendable, Hashable {
    /// All of them when the file is opened, which reads it once.
    case whole
    /// Each when it is used for the first time, so that a file of any size opens at once. A search that meets a damaged
    /// vector throws.
    case asUsed
}
