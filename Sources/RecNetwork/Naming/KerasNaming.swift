/// Tensors named as Keras names the weights of layers with names: `conv1_conv/kernel:0` at the end of a path.
///
/// The last part may also be of Keras 1 (`conv1_W_1:0`, `bn_conv1_running_std:0`, which holds the variance) or of Keras
/// 3 (`kernel`). Any text before the layer's name is ignored.
package struct KerasNaming: NamingRule {
    private let layerName: @Sendable (String) -> String

    /// Creates a naming.
    ///
    /// - Parameter layerName: The name that Keras gives a layer of the network.
    package init(layerName: @escaping @Sendable (String) -> String) {
        self.layerName = layerName
    }

    /// Finds the tensors by the name of the layer and the last part of the path.
    package func assign(needed: [Parameter], others: [Parameter], in source: any TensorSource) -> TensorAssignment? {
        var found: [Key: String] = [:]
        var unread: [String] = []
        for tensor in source.tensorNames where !tensor.hasPrefix("optimizer") {
            if let key = Key(path: tensor), found[key] == nil {
                found[key] = tensor
            } else {
                unread.append(tensor)
            }
        }
        guard let first = needed.first, found[key(first)] != nil else { return nil }

        var names: [Parameter: String] = [:]
        for parameter in needed {
            let key = key(parameter)
            names[parameter] = found.removeValue(forKey: key) ?? "\(key.layer)/\(key.part)"
        }
        for parameter in others { found[key(parameter)] = nil }
        // The remaining tensors may be a custom head, but not further convolutions or further tensors of a layer in
        // use.
        let layers = Set(needed.map { layerName($0.layer) })
        let extra = found.filter { layers.contains($0.key.layer) || source.shape(of: $0.value)?.count == 4 }.values
        let unexpected = extra + unread.filter { source.shape(of: $0)?.count == 4 }
        return TensorAssignment(names: names, order: .outputLast, unexpected: unexpected.sorted())
    }

    private func key(_ parameter: Parameter) -> Key {
        let part: Key.Part =
            switch parameter.role {
            case .weight: .kernel
            case .bias: .bias
            case .scale: .gamma
            case .shift: .beta
            case .mean: .mean
            case .variance: .variance
            }
        return Key(layer: layerName(parameter.layer), part: part)
    }
}

/// A tensor of a Keras file: which layer and which of its weights.
private struct Key: Hashable {
    enum Part: String {
        case kernel
        case bias
        case gamma
        case beta
        case mean = "moving_mean"
        case variance = "moving_variance"
    }

    let layer: String
    let part: Part

    init(layer: String, part: Part) {
        self.layer = layer
        self.part = part
    }

    /// Reads `.../layer/part:0`, `.../layer/layer_part:0` and `.../layer/layer_part_1:0`.
    init?(path: String) {
        let components = path.split(separator: "/")
        guard components.count >= 2 else { return nil }
        layer = String(components[components.count - 2])
        var name = components[components.count - 1].prefix { $0 != ":" }
        if name.hasPrefix(layer + "_") { name = name.dropFirst(layer.count + 1) }
        if name.hasSuffix("_1") { name = name.dropLast(2) }
        switch name {
        case "kernel", "W": part = .kernel
        case "bias", "b": part = .bias
        case "gamma": part = .gamma
        case "beta": part = .beta
        case "moving_mean", "running_mean": part = .mean
        case "moving_variance", "running_std": part = .variance
        default: return nil
        }
    }
}
