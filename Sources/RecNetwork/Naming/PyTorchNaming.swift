/// Tensors named as in a PyTorch state dictionary: `layer.weight`, `layer.bias`, `layer.running_mean`,
/// `layer.running_var`, possibly all behind one prefix such as `module.`.
///
/// `layer` is the name of the layer in the ``Network``, unless `moduleName` maps it to another. A convolution `conv1`
/// has the tensors `conv1.weight`, and `conv1.bias` if it has a bias; a normalisation `bn1` has `bn1.weight`,
/// `bn1.bias`, `bn1.running_mean` and `bn1.running_var`.
package struct PyTorchNaming: NamingRule {
    private let moduleName: @Sendable (String) -> String

    /// Creates a naming.
    ///
    /// - Parameter moduleName: Maps the name of a layer of the network to its name in the state dictionary; by default
    ///   the same name.
    package init(
        moduleName: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.moduleName = moduleName
    }

    /// Finds the tensors by name behind the shortest prefix that has the first layer.
    package func assign(needed: [Parameter], others: [Parameter], in source: any TensorSource) -> TensorAssignment? {
        guard let first = needed.first else { return nil }
        let tensors = source.tensorNames
        guard let prefix = Self.prefix(before: name(first), in: tensors) else { return nil }
        var names: [Parameter: String] = [:]
        for parameter in needed { names[parameter] = prefix + name(parameter) }

        // A tensor in a module that features depend on, but not a parameter of it, would change the features.
        let known = Set(names.values)
        let modules = Set(needed.map { Self.topLevel(moduleName($0.layer)) })
        let otherModules = Set(others.map { moduleName($0.layer) })
        let unexpected = tensors.filter { tensor in
            guard tensor.hasPrefix(prefix), !known.contains(tensor) else { return false }
            let rest = String(tensor.dropFirst(prefix.count))
            return modules.contains(Self.topLevel(rest)) && !rest.hasSuffix(".num_batches_tracked")
                && !otherModules.contains { rest.hasPrefix($0 + ".") }
        }
        return TensorAssignment(names: names, order: .outputFirst, unexpected: unexpected)
    }

    private func name(_ parameter: Parameter) -> String {
        let suffix =
            switch parameter.role {
            case .weight, .scale: "weight"
            case .bias, .shift: "bias"
            case .mean: "running_mean"
            case .variance: "running_var"
            }
        return "\(moduleName(parameter.layer)).\(suffix)"
    }

    private static func prefix(before name: String, in tensors: [String]) -> String? {
        tensors
            .filter { $0 == name || $0.hasSuffix("." + name) }
            .map { String($0.dropLast(name.count)) }
            .min { $0.count < $1.count }
    }

    private static func topLevel(_ name: String) -> Substring {
        name.prefix { $0 != "." }
    }
}
