import RecCore
import RecImage
import RecNetwork
import RecONNX

/// A file that holds weights alone, or a network with its weights.
enum ModelFile {
    case weights(WeightFile)
    case onnx(ONNXModel)

    /// Opens a file: as ONNX by its name, or when it is of no format of weights.
    ///
    /// - Throws: The errors of a weight file or an ONNX file that cannot be read.
    init(path: String) throws {
        guard !path.hasSuffix(".onnx") else {
            self = .onnx(try ONNXModel(path: path))
            return
        }
        do {
            self = .weights(try WeightFile(path: path))
        } catch let error as RecError where error.code == .unknownWeightFormat {
            guard let model = try? ONNXModel(path: path) else { throw error }
            self = .onnx(model)
        }
    }

    /// The backbone in an ONNX file.
    ///
    /// - Throws: `RecError` with code `unknownBackbone` when the file holds weights alone, and the errors of `GraphFile`.
    var backbone: Backbone {
        get throws {
            switch self {
            case .onnx(let model): return Backbone(graph: try GraphFile(model))
            case .weights(let weights):
                let names = Backbone.builtIn.map(\.name).joined(separator: ", ")
                throw RecError(
                    .unknownBackbone,
                    path: weights.path,
                    "The file holds weights without their network; give --backbone: \(names)."
                )
            }
        }
    }
}
