/// Tensors named as in Keras 3's `.weights.h5`: by class and number, `layers/conv2d_3/vars/0`, regardless of the
/// layers' names.
///
/// Layers of a class are numbered in the order of the model, and the variables of a layer in the order in which it
/// makes them, so parameters are found by counting; shapes and the number of layers must agree exactly.
package struct KerasVariableNaming: NamingRule {
    private let kerasOrder: @Sendable ([String]) -> [String]

    /// Creates a naming.
    ///
    /// - Parameter kerasOrder: Brings the names of the network's layers of one class, given in the order of computation,
    ///   into the order in which Keras numbers them; by default they are the same.
    package init(
        kerasOrder: @escaping @Sendable ([String]) -> [String] = { $0 }
    ) {
        self.kerasOrder = kerasOrder
    }

    /// Finds the tensors by counting the layers of each class.
    package func assign(needed: [Parameter], others: [Parameter], in source: any TensorSource) -> TensorAssignment? {
        let variables = source.tensorNames.compactMap { tensor in
            Variable.parse(tensor).map { (tensor: tensor, prefix: $0.prefix, variable: $0.variable) }
        }
        // The group with most convolutions: a model that builds on the network has it as a layer, in a group of its own.
        var convolutions: [String: Int] = [:]
        for (_, path, variable) in variables where variable.kind == .convolution { convolutions[path, default: 0] += 1 }
        guard let prefix = convolutions.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key else { return nil }
        var found: [Variable: String] = [:]
        for (tensor, path, variable) in variables where path == prefix || variable.kind == .dense {
            found[variable] = tensor
        }

        var names: [Parameter: String] = [:]
        var unexpected: [String] = []
        for kind in Variable.Kind.allCases {
            let layers = layers((needed + others).filter { Variable.kind(of: $0) == kind })
            let numbers = Dictionary(uniqueKeysWithValues: layers.enumerated().map { ($1, $0) })
            for parameter in needed where Variable.kind(of: parameter) == kind {
                let number = numbers[parameter.layer] ?? 0
                let variable = Variable(kind: kind, layer: number, index: Variable.index(of: parameter))
                names[parameter] = found[variable] ?? "\(prefix)\(variable)"
            }
            guard kind != .dense else { continue }
            unexpected += found.filter { $0.key.kind == kind && $0.key.layer >= layers.count }.map(\.value)
        }
        return TensorAssignment(names: names, order: .outputLast, unexpected: unexpected.sorted())
    }

    private func layers(_ parameters: [Parameter]) -> [String] {
        var layers: [String] = []
        for parameter in parameters where layers.last != parameter.layer { layers.append(parameter.layer) }
        return kerasOrder(layers)
    }
}

/// A variable of a `.weights.h5` file.
private struct Variable: Hashable, CustomStringConvertible {
    enum Kind: String, CaseIterable {
        case convolution = "conv2d"
        case normalization = "batch_normalization"
        case dense = "dense"
    }

    let kind: Kind
    let layer: Int
    let index: Int

    var description: String { "\(kind.rawValue)\(layer == 0 ? "" : "_\(layer)")/vars/\(index)" }

    /// Reads `prefix/class_number/vars/index`; gives the prefix with its slash as well.
    static func parse(_ path: String) -> (prefix: String, variable: Variable)? {
        let components = path.split(separator: "/")
        guard components.count >= 3, components[components.count - 2] == "vars",
            let index = Int(components[components.count - 1])
        else { return nil }
        let layer = components[components.count - 3]
        for kind in Kind.allCases where layer.hasPrefix(kind.rawValue) {
            let rest = layer.dropFirst(kind.rawValue.count)
            guard let number = rest.isEmpty ? 0 : rest.first == "_" ? Int(rest.dropFirst()) : nil else { continue }
            let prefix = components.dropLast(3).map { $0 + "/" }.joined()
            return (prefix, Variable(kind: kind, layer: number, index: index))
        }
        return nil
    }

    static func kind(of parameter: Parameter) -> Kind {
        switch parameter.role {
        case .weight, .bias: parameter.map != nil ? .dense : .convolution
        case .scale, .shift, .mean, .variance: .normalization
        }
    }

    static func index(of parameter: Parameter) -> Int {
        switch parameter.role {
        case .weight, .scale: 0
        case .bias, .shift: 1
        case .mean: 2
        case .variance: 3
        }
    }
}
