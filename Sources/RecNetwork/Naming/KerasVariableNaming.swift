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

    /// Finds the tensors by counting the layers of each class, in each group of layers that has convolutions.
    package func assignments(
        needed: [Parameter],
        others: [Parameter],
        in source: any TensorSource
    ) -> [TensorAssignment] {
        var groups: [String: [Variable: String]] = [:]
        var prefixes: [String] = []
        for tensor in source.tensorNames {
            guard let (prefix, variable) = Variable.parse(tensor) else { continue }
            if groups[prefix] == nil { prefixes.append(prefix) }
            groups[prefix, default: [:]][variable] = tensor
        }
        var found: [TensorAssignment] = []
        var best: TensorAssignment?
        let largest = groups.values.map(\.count).max() ?? 0
        for prefix in prefixes {
            // Groups that are too small matter only for an explanation.
            guard let variables = groups[prefix], variables.count >= min(needed.count, largest),
                variables.keys.contains(where: { $0.kind == .convolution })
            else { continue }
            let assignment = assignment(needed, others, variables, prefix: prefix, in: source)
            if assignment.fitting == needed.count, found.count < TensorAssignment.limit { found.append(assignment) }
            if assignment.fitting > best?.fitting ?? -1 { best = assignment }
        }
        return found.isEmpty ? best.map { [$0] } ?? [] : found
    }

    private func assignment(
        _ needed: [Parameter],
        _ others: [Parameter],
        _ found: [Variable: String],
        prefix: String,
        in source: any TensorSource
    ) -> TensorAssignment {
        var result = TensorAssignment(prefix: prefix, names: [:], order: .outputLast, fitting: 0)
        for kind in Variable.Kind.allCases {
            let layers = layers((needed + others).filter { Variable.kind(of: $0) == kind })
            let numbers = Dictionary(uniqueKeysWithValues: layers.enumerated().map { ($1, $0) })
            for parameter in needed where Variable.kind(of: parameter) == kind {
                let number = numbers[parameter.layer] ?? 0
                let variable = Variable(kind: kind, layer: number, index: Variable.index(of: parameter))
                let name = found[variable] ?? "\(prefix)\(variable)"
                result.names[parameter] = name
                if let shape = source.shape(of: name), KernelOrder.outputLast.shapes(of: parameter).contains(shape) {
                    result.fitting += 1
                }
            }
            guard kind != .dense else { continue }
            result.unexpected += found.filter { $0.key.kind == kind && $0.key.layer >= layers.count }.map(\.value)
        }
        result.unexpected.sort()
        return result
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
        case depthwise = "depthwise_conv2d"
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
        case .weight where parameter.shape.count == 4 && parameter.shape[0] > 1 && parameter.shape[1] == 1: .depthwise
        case .weight, .bias: parameter.map != nil ? .dense : .convolution
        case .scale, .shift, .mean, .variance, .factor: .normalization
        }
    }

    static func index(of parameter: Parameter) -> Int {
        switch parameter.role {
        case .weight, .scale, .factor: 0
        case .bias, .shift: 1
        case .mean: 2
        case .variance: 3
        }
    }
}
