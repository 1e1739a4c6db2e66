package import RecCore

extension Network {
    /// The value of a feature layer.
    ///
    /// - Throws: `RecError` with code `unknownLayer`.
    package func value(at layer: FeatureLayer) throws(RecError) -> Value {
        guard let value = taps[layer] else {
            let known = taps.keys.map(\.rawValue).sorted().joined(separator: ", ")
            throw RecError(
                .unknownLayer,
                "There is no layer '\(layer)' to take features from; there is: \(known)."
            )
        }
        return value
    }

    /// The layers that a value depends on, including its own: one flag per node.
    package func needed(for value: Value) -> [Bool] {
        var isNeeded = [Bool](repeating: false, count: nodes.count)
        if value.index > 0 { isNeeded[value.index - 1] = true }
        for index in nodes.indices.reversed() where isNeeded[index] {
            for input in nodes[index].inputs where input.index > 0 { isNeeded[input.index - 1] = true }
        }
        return isNeeded
    }

    /// The parameters that the features of a layer depend on, in the order of computation.
    ///
    /// - Throws: `RecError` with code `unknownLayer`.
    package func parameters(for layer: FeatureLayer) throws(RecError) -> [Parameter] {
        let isNeeded = needed(for: try value(at: layer))
        return nodes.indices.filter { isNeeded[$0] }.flatMap { nodes[$0].layer.parameters(name: nodes[$0].name) }
    }

    /// All parameters, in the order of computation.
    package var parameters: [Parameter] {
        nodes.flatMap { $0.layer.parameters(name: $0.name) }
    }

    /// The shape of each value for an image of that size; `nil` for values that `isNeeded` leaves out.
    ///
    /// - Throws: `RecError` with code `invalidSetting` when a layer cannot take its input.
    func shapes(height: Int, width: Int, isNeeded: [Bool]) throws(RecError) -> [FeatureMapShape?] {
        var shapes: [FeatureMapShape?] = [FeatureMapShape(channels: channels, height: height, width: width)]
        for (node, isNeeded) in zip(nodes, isNeeded) {
            guard isNeeded else {
                shapes.append(nil)
                continue
            }
            switch node.layer.outputShape(node.inputs.compactMap { shapes[$0.index] }) {
            case .success(let shape): shapes.append(shape)
            case .failure(let misfit):
                throw RecError(
                    .invalidSetting,
                    "Layer '\(node.name)' \(misfit.reason); the image is \(height)x\(width). Use the size the network "
                        + "was made for."
                )
            }
        }
        return shapes
    }

    /// The convolutions that the features of a layer depend on, in the order of computation, each with the shape of its
    /// input for an image of that size.
    ///
    /// - Throws: `RecError` with code `unknownLayer`, or `invalidSetting` when a layer cannot take its input.
    package func convolutions(
        for layer: FeatureLayer,
        height: Int,
        width: Int
    ) throws(RecError) -> [(convolution: Convolution, input: FeatureMapShape)] {
        let isNeeded = needed(for: try value(at: layer))
        let shapes = try shapes(height: height, width: width, isNeeded: isNeeded)
        var result: [(convolution: Convolution, input: FeatureMapShape)] = []
        for (node, isNeeded) in zip(nodes, isNeeded) where isNeeded {
            if case .convolution(let convolution) = node.layer, let input = shapes[node.inputs[0].index] {
                result.append((convolution, input))
            }
        }
        return result
    }
}
