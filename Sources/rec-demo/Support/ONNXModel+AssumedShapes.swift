import RecONNX

extension ONNXModel {
    /// Sizes for the inputs that leave them free: one picture of 3 x 224 x 224, otherwise 1.
    var assumedShapes: [String: [Int]] {
        var shapes: [String: [Int]] = [:]
        for input in graph.inputs {
            guard let dimensions = input.dimensions else { continue }
            let hasChannelsLast = dimensions.count == 4 && dimensions[3] == .fixed(3)
            let standard = dimensions.count == 4 ? (hasChannelsLast ? [1, 224, 224, 3] : [1, 3, 224, 224]) : []
            shapes[input.name] = dimensions.enumerated().map { index, dimension in
                if case .fixed(let size) = dimension { size } else { standard.isEmpty ? 1 : standard[index] }
            }
        }
        return shapes
    }
}
