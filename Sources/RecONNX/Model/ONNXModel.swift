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
    /// The functions that the file defines, as "DOMAIN:NAME".
    package let functions: Set<String>
    /// The graph.
    package let graph: ONNXGraph

    /// Reads the graph of a file, and where its weights lie.
    ///
    /// - Complexity: Proportional to the file without its weights.
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile`, `emptyFile`, `corruptWeights` or
    ///   `unsupportedONNX`.
    package init(path: String) throws {
        let file: MappedFile
        do {
            file = try MappedFile(path: path)
        } catch {
            throw RecError(error)
        }
        guard file.count > 0 else {
            throw RecError(.emptyFile, path: path, "The file is empty; fetch it again.")
        }
        var reader = ONNXReader(file)
        self = try reader.model()
    }

    /// Describes a model.
    init(
        path: String,
        irVersion: Int,
        opsets: [String: Int],
        producer: String,
        metadata: [String: String],
        functions: Set<String>,
        graph: ONNXGraph
    ) {
        self.path = path
        self.irVersion = irVersion
        self.opsets = opsets
        self.producer = producer
        self.metadata = metadata
        self.functions = functions
        self.graph = graph
    }

    /// The version of the standard's operator set.
    package var opset: Int { opsets[""] ?? 1 }
}
