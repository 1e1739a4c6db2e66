import RecCore
import RecImage
import RecNetwork
import RecONNX

extension GraphFile {
    /// The weights in a file, or `nil` when it is to be read as ONNX: by its name, or since it is of no format of weights.
    ///
    /// - Throws: The errors of a weight file that cannot be read.
    static func weights(at path: String) throws -> WeightFile? {
        guard !path.hasSuffix(".onnx") else { return nil }
        do {
            return try WeightFile(path: path)
        } catch let error as RecError where error.code == .unknownWeightFormat && (try? ONNXModel(path: path)) != nil {
            return nil
        }
    }

    /// The backbone in an ONNX file.
    ///
    /// - Throws: `RecError` with code `unknownBackbone` when the file is one of weights alone, and the errors of
    ///   `Backbone(onnx:)`.
    static func backbone(at path: String) throws -> Backbone {
        guard try weights(at: path) == nil else {
            let names = Backbone.builtIn.map(\.name).joined(separator: ", ")
            throw RecError(
                .unknownBackbone,
                path: path,
                "The file holds weights without their network; give --backbone: \(names)."
            )
        }
        return try Backbone(onnx: path)
    }
}
