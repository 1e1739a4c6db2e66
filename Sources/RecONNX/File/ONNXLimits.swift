/// Bounds on what a file may ask for, before memory is taken for it.
enum ONNXLimits {
    /// The versions of the file format that are read.
    static let irVersions = 3...14
    /// The newest version of the standard's operator set whose operators are known.
    static let newestOpset = 28
    /// The parts of a file for which memory is taken: nodes, their operands and attributes, tensors, and texts.
    static let partCount = 4_000_000
    /// The depth of graphs within attributes.
    static let graphDepth = 16
    /// The depth of functions that call functions.
    static let functionDepth = 32
    /// The nodes, names and attributes that functions may become, long names counted more than once.
    static let expandedPartCount = 2_000_000
    /// The number of dimensions of a tensor.
    static let rank = 64
    /// The files of external data.
    static let externalFileCount = 1024
    /// The elements of a tensor in the file, whether it is used or not.
    static let storedElementCount = 1 << 40
    /// The elements of a constant that types depend on, such as a shape.
    static let shapeElementCount = 1 << 20
    /// The elements of any value.
    static let elementCount = 1 << 28
    /// The elements of a value that is computed when the graph is built.
    static let foldedElementCount = 1 << 27
    /// The bytes of all values that are computed when the graph is built.
    static let foldedByteCount = 1 << 31
    /// The steps that the computation of all of them may take.
    static let foldedWork = 0x1p34
}
