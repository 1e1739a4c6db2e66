import RecCore
import RecImage
import RecNetwork
import RecONNX

extension GraphFile {
    /// The backbone in an ONNX file.
    ///
    /// - Throws: `RecError` with code `unknownBackbone` when the file is one of weights alone, and the errors of
    ///   `Backbone(onnx:)`.
    static func backbone(at path: String) throws -> Backbone {
        guard (try? WeightFile(path: path)) == nil else {
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
