/// Tensors named as Keras names the weights of layers with names: `conv1_conv/kernel:0` at the end of a path.
///
/// The last part may also be of Keras 1 (`conv1_W_1:0`, `bn_conv1_running_std:0`, which holds the variance) or of Keras
/// 3 (`kernel`). The path before the layer's name, in which the name may be repeated, is the prefix of the network.
package struct KerasNaming: NamingRule {
    private let layerName: @Sendable (String) -> String

    /// Creates a naming.
    ///
    /// - Parameter layerName: The name that Keras gives a layer of the network.
    package init(layerName: @escaping @Sendable (String) -> String) {
        self.layerName = layerName
    }

    /// Finds the tensors by the name of the layer and the last part of the path, behind each prefix.
    package func assignments(
        needed: [Parameter],
        others: [Parameter],
        in source: any TensorSource
    ) -> [TensorAssignment] {
        let indices = Dictionary(needed.enumerated().map { (key($1), $0) }) { first, _ in first }
        let tensors = source.tensorNames.filter { !$0.hasPrefix("optimizer") }.map { KerasPath($0) }
        var groups = PrefixGroups()
        for tensor in tensors {
            guard let index = tensor.key.flatMap({ indices[$0] }) else { continue }
            groups.add(prefix: tensor.prefix, fits: Self.fits(tensor.name, needed[index], in: source))
        }
        let found = groups.best(of: needed.count).map { group in
            assignment(needed, others, tensors, prefix: group.prefix, fitting: group.fitting, in: source)
        }
        guard found.first.map({ $0.fitting < needed.count }) ?? false else { return found }
        // Layers that lie on different paths make one network if no name occurs twice.
        guard groups.groups.reduce(0, { $0 + $1.fitting }) == needed.count else { return found }
        let joined = assignment(needed, others, tensors, prefix: nil, fitting: needed.count, in: source)
        return joined.problem(needed, in: source, backbone: "") == nil ? [joined] : found
    }

    /// The assignment of the tensors behind a prefix, or of all.
    private func assignment(
        _ needed: [Parameter],
        _ others: [Parameter],
        _ tensors: [KerasPath],
        prefix: String?,
        fitting: Int,
        in source: any TensorSource
    ) -> TensorAssignment {
        var found: [KerasKey: String] = [:]
        var unread: [String] = []
        for tensor in tensors where prefix == nil || tensor.prefix == prefix {
            if let key = tensor.key, found[key] == nil {
                found[key] = tensor.name
            } else {
                unread.append(tensor.name)
            }
        }
        var names: [Parameter: String] = [:]
        for parameter in needed {
            let key = key(parameter)
            names[parameter] = found.removeValue(forKey: key) ?? "\(key.layer)/\(key.part.rawValue)"
        }
        for parameter in others { found[key(parameter)] = nil }
        // The remaining tensors may be a custom head, but not further convolutions or further tensors of a layer in
        // use.
        let layers = Set(needed.map { layerName($0.layer) })
        let extra = found.filter { layers.contains($0.key.layer) || source.shape(of: $0.value)?.count == 4 }.values
        let unexpected = extra + unread.filter { source.shape(of: $0)?.count == 4 }
        return TensorAssignment(
            prefix: prefix ?? "",
            names: names,
            order: .outputLast,
            fitting: fitting,
            unexpected: unexpected.sorted()
        )
    }

    private static func fits(_ tensor: String, _ parameter: Parameter, in source: any TensorSource) -> Bool {
        source.shape(of: tensor).map { KernelOrder.outputLast.shapes(of: parameter).contains($0) } ?? false
    }

    private func key(_ parameter: Parameter) -> KerasKey {
        let part: KerasKey.Part =
            switch parameter.role {
            case .weight: .kernel
            case .bias: .bias
            case .scale: .gamma
            case .shift: .beta
            case .mean: .mean
            case .variance: .variance
            case .factor: .variable
            }
        return KerasKey(layer: layerName(parameter.layer), part: part)
    }
}
