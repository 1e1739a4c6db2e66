/// The time at which the checksums of an index file's vectors are verified.
public enum FileChecking: Sendable, Hashable {
    /// All of them when the file is opened; this reads the whole file.
    case whole
    /// Each at its first use, so that a file of any size opens at once. A search that reads a damaged vector throws.
    case asUsed
}
