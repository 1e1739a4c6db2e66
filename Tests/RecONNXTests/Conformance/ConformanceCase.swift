import Foundation
import RecCore
import RecNetwork
import RecONNX

/// A case of the standard's test data: a model, its inputs and the outputs that are expected.
struct ConformanceCase: Sendable, CustomStringConvertible {
    /// Where `Scripts/fetch_onnx_cases.sh` puts the cases.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../.models/onnx-cases").standardized.path()

    /// The folder of the cases of the Python package.
    static let package = "onnx-1.22.0"

    /// The name of the case: "test_conv_with_strides_padding".
    let name: String
    /// The folder of the case.
    let path: String
    /// The model.
    let model: ONNXModel

    var description: String { name }

    /// The cases of a part that are in scope, in the order of their names.
    static func all(_ part: String, operators: Set<String> = ConformanceScope.all) -> [ConformanceCase] {
        let folder = "\(folder)/\(part)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
        return names.compactMap { name in
            let path = "\(folder)/\(name)"
            guard let model = try? ONNXModel(path: "\(path)/model.onnx"),
                ConformanceScope.contains(model, name: name, operators: operators)
            else { return nil }
            return ConformanceCase(name: name, path: path, model: model)
        }
    }

    /// The inputs and the expected outputs of each set of data.
    func dataSets() throws -> [(inputs: [String: Tensor], outputs: [Tensor])] {
        var sets: [(inputs: [String: Tensor], outputs: [Tensor])] = []
        while true {
            let folder = "\(path)/test_data_set_\(sets.count)"
            guard FileManager.default.fileExists(atPath: folder) else { return sets }
            var inputs: [String: Tensor] = [:]
            for (index, input) in model.graph.inputs.enumerated() {
                let file = "\(folder)/input_\(index).pb"
                guard FileManager.default.fileExists(atPath: file) else { break }
                inputs[input.name] = try ONNXConstant(path: file).load()
            }
            let outputs = try model.graph.outputs.indices.map {
                try ONNXConstant(path: "\(folder)/output_\($0).pb").load()
            }
            sets.append((inputs, outputs))
        }
    }
}
