import RecCore
import RecImage
import RecONNX

extension ONNXModel {
    /// Sizes of the inputs: those that are given, else for what the file leaves free one picture of the size that a file
    /// beside it states, or of 224 x 224, and 1 for an input that is no picture.
    ///
    /// - Throws: `RecError` with code `invalidSetting` when there is no input of a given name, or a file beside the model
    ///   states a preprocessing that makes no sense.
    func assumedShapes(_ given: [InputShape]) throws -> [String: [Int]] {
        for shape in given where !graph.inputs.contains(where: { $0.name == shape.name }) {
            throw unknownInput(shape.name)
        }
        let isFree = graph.inputs.contains { $0.fixedShape == nil }
        let stated = isFree && given.isEmpty ? try StatedPreprocessing(beside: path)?.preprocessing.outputSize : nil
        let size = stated ?? ImageSize(width: 224, height: 224)
        var shapes: [String: [Int]] = [:]
        for input in graph.inputs {
            guard let dimensions = input.dimensions else { continue }
            let hasChannelsLast = dimensions.count == 4 && dimensions[3] == .fixed(3)
            let picture = hasChannelsLast ? [1, size.height, size.width, 3] : [1, 3, size.height, size.width]
            shapes[input.name] = dimensions.enumerated().map { index, dimension in
                if case .fixed(let size) = dimension { size } else { dimensions.count == 4 ? picture[index] : 1 }
            }
        }
        for shape in given { shapes[shape.name] = shape.sizes }
        return shapes
    }

    /// The error about an input that the network does not have.
    func unknownInput(_ name: String) -> RecError {
        let known = graph.inputs.map { "'\($0.name)'" }.joined(separator: ", ")
        return RecError(.invalidSetting, path: path, "There is no input '\(name)'; there is: \(known).")
    }
}
