/// Tensors named as in a PyTorch state dictionary: `layer.weight`, `layer.bias`, `layer.running_mean`,
/// `layer.running_var`, all behind one prefix, such as `module.`, or none.
///
/// `layer` is the name of the layer in the ``Network``, unless `moduleName` maps it to another. A convolution `conv1`
/// has the tensors `conv1.weight`, and `conv1.bias` if it has a bias; a normalisation `bn1` has `bn1.weight`,
/// `bn1.bias`, `bn1.running_mean` and `bn1.running_var`.
package struct PyTorchNaming: NamingRule {
    /// Tensors that count something and compute nothing: batches, and what profilers note at every module.
    private static let bookkeeping = [".num_batches_tracked", ".total_ops", ".total_params"]

    private let moduleName: @Sendable (String) -> String
    private let rootDepth: Int
    private let isSequence: Bool

    /// Creates a naming.
    ///
    /// - Parameters:
    ///   - rootDepth: The number of parts of a module's name below which all tensors must have a place.
    ///   - isSequence: Whether modules are numbered in one sequence, so that a convolution of any number belongs to it.
    ///   - moduleName: Maps the name of a layer of the network to its name in the state dictionary; by default the same
    ///     name.
    package init(
        rootDepth: Int = 1,
        isSequence: Bool = false,
        moduleName: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.rootDepth = rootDepth
        self.isSequence = isSequence
        self.moduleName = moduleName
    }

    /// Finds the tensors by name behind each prefix.
    package func assignments(
        needed: [Parameter],
        others: [Parameter],
        in source: any TensorSource
    ) -> [TensorAssignment] {
        let names = needed.map { name($0) }
        let found = groups(names, needed, in: source).best(of: needed.count)
        return found.map { group in
            let known = zip(needed, names).map { ($0, group.prefix + $1) }
            var assignment = TensorAssignment(
                prefix: group.prefix,
                names: Dictionary(known) { first, _ in first },
                order: .outputFirst,
                fitting: group.fitting
            )
            if group.fitting == needed.count {
                assignment.unexpected = unexpected(assignment, needed: needed, others: others, in: source)
            }
            return assignment
        }
    }

    private func groups(_ names: [String], _ needed: [Parameter], in source: any TensorSource) -> PrefixGroups {
        let indices = Dictionary(names.enumerated().map { (Substring($1), $0) }) { first, _ in first }
        let depth = names.map { $0.utf8.count { $0 == UInt8(ascii: ".") } + 1 }.max() ?? 0
        let shapes = needed.map { KernelOrder.outputFirst.shapes(of: $0) }
        var groups = PrefixGroups()
        for tensor in source.tensorNames {
            for rest in Self.endings(of: tensor, depth: depth) {
                guard let index = indices[rest] else { continue }
                let fits = source.shape(of: tensor).map { shapes[index].contains($0) } ?? false
                groups.add(prefix: tensor[..<rest.startIndex], fits: fits)
            }
        }
        return groups
    }

    /// The last parts of a name: one, two and so on, up to a number.
    private static func endings(of name: String, depth: Int) -> [Substring] {
        var endings: [Substring] = []
        var end = name.utf8.endIndex
        for _ in 0..<depth {
            guard let dot = name.utf8[..<end].lastIndex(of: UInt8(ascii: ".")) else {
                endings.append(name[...])
                break
            }
            endings.append(name[name.utf8.index(after: dot)...])
            end = dot
        }
        return endings
    }

    /// A tensor in a module that features depend on, but not a parameter of it, would change the features.
    private func unexpected(
        _ assignment: TensorAssignment,
        needed: [Parameter],
        others: [Parameter],
        in source: any TensorSource
    ) -> [String] {
        let known = Set(assignment.names.values)
        let modules = Set(needed.map { root(moduleName($0.layer)) })
        let otherModules = Set(others.map { moduleName($0.layer) + "." })
        return source.tensorNames.filter { tensor in
            guard tensor.hasPrefix(assignment.prefix), !known.contains(tensor) else { return false }
            let rest = tensor.dropFirst(assignment.prefix.count)
            let root = root(String(rest))
            let isInside =
                modules.contains(root)
                || isSequence && Int(root) != nil && source.shape(of: tensor)?.count == 4
            return isInside && !Self.bookkeeping.contains { rest.hasSuffix($0) }
                && !otherModules.contains { rest.hasPrefix($0) }
        }
    }

    private func name(_ parameter: Parameter) -> String {
        let suffix =
            switch parameter.role {
            case .weight, .scale: "weight"
            case .bias, .shift: "bias"
            case .mean: "running_mean"
            case .variance: "running_var"
            // A parameter of the block's own, which no module holds.
            case .factor: ""
            }
        guard !suffix.isEmpty else { return moduleName(parameter.layer) }
        return "\(moduleName(parameter.layer)).\(suffix)"
    }

    private func root(_ name: String) -> String {
        name.split(separator: ".", maxSplits: rootDepth).prefix(rootDepth).joined(separator: ".")
    }
}
