internal import RecCore
internal import RecFiles

/// A network in an ONNX file: the graph and what the file says about itself.
///
/// Weights stay where they lie in the mapped file; only the table of them is read.
package struct ONNXModel: Sendable {
    /// The path of the file.
    package let path: String
    /// The version of the file format.
    package let irVersion: Int
    /// The version of each operator set that the graph uses, by domain; the standard's own has the domain "".
    package let opsets: [String: Int]
    /// The program that wrote the file, with its version; empty when the file does not say.
    package let producer: String
    /// Free text that came with the file.
    package let metadata: [String: String]
    /// The graph; the nodes of the file's own functions take the places of the nodes that call them.
    package let graph: ONNXGraph

    /// The version of the standard's operator set.
    package var opset: Int { opsets[""] ?? 1 }

    /// The version of the standard's operator set for a node: that of the function it comes from, else the model's.
    func opset(of node: ONNXNode) -> Int { node.opset ?? opset }
}

extension ONNXModel {
    /// Reads the graph of a file, and where its weights lie.
    ///
    /// - Complexity: Proportional to the file without its weights.
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile`, `emptyFile`, `corruptWeights` or
    ///   `unsupportedONNX`.
    package init(path: String) throws {
        var reader = try ONNXReader(path: path)
        guard reader.file.count > 0 else {
            throw RecError(.emptyFile, path: path, "The file is empty; fetch it again.")
        }
        self = try reader.model()
    }
}
