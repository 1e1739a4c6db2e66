/// A network in an ONNX file: the graph and what the file says about itself.
///
/// Weights stay where they lie in the mapped file; only the table of them is read.
package struct ONNXModel: Sendable {
    /// The path of the file.
    package let path: String
    /// The version of the file format, 3 to 12.
    package let irVersion: Int
    /// The version of each operator set that the graph uses, by domain; the standard's own has the domain "".
    package let opsets: [String: Int]
    /// The program that wrote the file, with its version; empty when the file does not say.
    package let producer: String
    /// Free text that came with the file.
    package let metadata: [String: String]
    /// The graph.
    package let graph: ONNXGraph

    /// The version of the standard's operator set.
    package var opset: Int { opsets[""] ?? 1 }
}
