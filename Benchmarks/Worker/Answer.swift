/// One line for the harness; what does not apply is left out.
struct Answer: Encodable {
    /// Why the command could not be carried out.
    var error: String?
    /// The stable name of the error, if it is one of the library.
    var code: String?
    /// How long the work took, without what is said about it.
    var seconds: Double?
    /// Bytes of the weights in memory.
    var parameterBytes: Int?
    /// Bytes of the memory that one run works in.
    var workspaceBytes: Int?
    /// Numbers written to the output.
    var written: Int?
    /// Width and height of a picture.
    var size: [Int]?
    /// What this worker is, for the report.
    var version: String?
    /// The arithmetics that a network can be loaded with.
    var arithmetics: [String]?
    /// Settings that may be asked for.
    var variants: [String]?
    /// Seconds of each search.
    var latencies: [Double]?
    /// The nearest vectors of each search, nearest first, by position in their file.
    var neighbors: [[Int]]?
}
