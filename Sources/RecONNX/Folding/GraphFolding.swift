internal import RecCore
internal import RecNetwork

/// The walk over a graph that finds types, computes constants, and gives values that are the same one name.
struct GraphFolding {
    private let model: ONNXModel
    /// The names under which other names are known.
    private var aliases: [String: String] = [:]
    private var constants: [String: ONNXConstant] = [:]
    private var types: [String: TensorType] = [:]
    private var nodes: [FoldedGraph.Node] = []
    private var inputs: [FoldedGraph.Input] = []
    /// The bytes that may still be computed.
    private var bytesLeft = ONNXLimits.foldedByteCount
    /// The steps that may still be spent on that.
    private var workLeft = ONNXLimits.foldedWork
    /// The graphs within nodes that have been put in their places.
    private var inlined = 0

    init(_ model: ONNXModel) {
        self.model = model
    }

    mutating func run(
        _ inputShapes: [String: [Int]],
        _ outputs: [String],
        _ given: [String: Tensor]
    ) throws -> FoldedGraph {
        let graph = model.graph
        let needed = graph.needed(for: outputs)
        try NodeSupport.check(needed, in: model)
        constants = graph.constants
        types = constants.mapValues(\.type)
        let used = Set(needed.flatMap(\.usedNames) + outputs)
        for input in graph.inputs {
            if let tensor = given[input.name] {
                constants[input.name] = ONNXConstant(tensor)
                types[input.name] = tensor.type
            } else if used.contains(input.name) {
                try add(input, inputShapes[input.name])
            }
        }
        for node in needed { try fold(node) }
        var result = FoldedGraph(
            path: model.path,
            inputs: inputs,
            outputs: outputs.map { FoldedGraph.Output(name: $0, value: resolved($0)) },
            nodes: nodes,
            constants: constants,
            types: types
        )
        for output in result.outputs where types[output.value] == nil {
            throw RecError(.invalidONNX, path: model.path, "No node gives the output '\(output.name)'.")
        }
        result.removeUnused()
        return result
    }

    /// Takes an input with the shape that is asked for, which must fit the one that the file declares.
    private mutating func add(_ input: ONNXValueInfo, _ wanted: [Int]?) throws {
        guard let shape = wanted ?? input.fixedShape else {
            throw RecError(
                .invalidONNX,
                path: model.path,
                "The input '\(input.name)' has the free shape \(input.shapeText); give its sizes."
            )
        }
        let fits = input.dimensions.map { dimensions in
            dimensions.count == shape.count
                && zip(dimensions, shape).allSatisfy { dimension, size in
                    if case .fixed(let declared) = dimension { declared == size } else { true }
                }
        }
        let type = TensorType(input.elementType ?? .float32, shape)
        guard type.isBounded() else {
            throw RecError(
                .unsupportedONNX,
                path: model.path,
                "The input '\(input.name)' has the shape \(shape), which is too large."
            )
        }
        guard fits ?? true else {
            throw RecError(
                .invalidONNX,
                path: model.path,
                "The input '\(input.name)' has the shape \(input.shapeText), not \(shape)."
            )
        }
        types[input.name] = type
        inputs.append(FoldedGraph.Input(name: input.name, type: type))
    }

    private func resolved(_ name: String) -> String {
        var name = name
        while let other = aliases[name] { name = other }
        return name
    }

    private mutating func fold(_ original: ONNXNode) throws {
        var node = original
        node.inputs = node.inputs.map(resolved)
        if node.operatorType == "If", node.domain.isEmpty { return try inline(node) }
        do {
            let operation = try OperatorTable.operation(for: node, opset: model.opset(of: node))
            let operands = try node.inputs.map { try operand($0) }
            let outputTypes = try operation.outputTypes(operands)
            if let same = FoldingRules.identity(node, operands, outputTypes) {
                return setAlias(node.outputs[0], same)
            }
            if let values = try computed(operation, operands, outputTypes) {
                for (name, value) in zip(node.outputs, values) where !name.isEmpty {
                    try define(name, value.type)
                    constants[name] = value
                }
                return
            }
            for (index, type) in outputTypes.enumerated() where index < node.outputs.count {
                let name = node.outputs[index]
                guard !name.isEmpty else { continue }
                try define(name, type)
                // A tensor without elements is known, whatever it is made of.
                guard type.count == 0 else { continue }
                constants[name] = ONNXConstant(Tensor([Double](), type))
                node.outputs[index] = ""
            }
            guard node.outputCount > 0 else { return }
            nodes.append(FoldedGraph.Node(node: node, operation: operation))
        } catch let error as RecError {
            throw error.at(model.path)
        }
    }

    /// Gives one value the name of another; a value that is defined already keeps its own.
    private mutating func setAlias(_ name: String, _ other: String) {
        if !name.isEmpty, name != other { aliases[name] = other }
    }

    private mutating func define(_ name: String, _ type: TensorType) throws {
        guard types.updateValue(type, forKey: name) == nil, aliases[name] == nil else {
            throw RecError(.invalidONNX, path: model.path, "Two values have the name '\(name)'.")
        }
    }

    private func operand(_ name: String) throws -> Operand? {
        if name.isEmpty { return nil }
        guard let type = types[name] else {
            throw RecError(.invalidONNX, path: model.path, "There is no value '\(name)'.")
        }
        return Operand(type: type, constant: constants[name])
    }

    /// The outputs of a node when they are constants and within bounds.
    private mutating func computed(
        _ operation: TensorOperation,
        _ operands: [Operand?],
        _ outputs: [TensorType]
    ) throws -> [ONNXConstant]? {
        if let constants = try FoldingRules.shortcut(operation.context, operands, outputs) { return constants }
        guard operands.allSatisfy({ $0 == nil || $0?.constant != nil }) else { return nil }
        let work = operation.work(operands, outputs)
        guard work <= workLeft else { return nil }
        let types = outputs + operands.compactMap { $0?.type }
        guard types.allSatisfy({ $0.count <= ONNXLimits.foldedElementCount }) else { return nil }
        let size = outputs.reduce(0) { $0 + $1.byteCount }
        guard size <= bytesLeft else { return nil }
        bytesLeft -= size
        workLeft -= work
        return try operation.evaluate(try operands.map { try $0?.constant?.load() }).map { ONNXConstant($0) }
    }

    /// Puts the branch of an `If` whose condition is constant in its place.
    private mutating func inline(_ node: ONNXNode) throws {
        guard let condition = node.inputs.first.flatMap({ constants[$0] }) else {
            throw NodeSupport.error(
                [UnsupportedNode(node, opset: model.opset(of: node), reason: "its condition depends on the input")],
                in: model
            )
        }
        let isTrue = try condition.load().integers.first ?? 0 != 0
        guard case .graph(let branch) = node.attributes[isTrue ? "then_branch" : "else_branch"],
            branch.outputs.count >= node.outputCount
        else { throw RecError(.invalidONNX, path: model.path, "The node '\(node.name)' has no branch to take.") }
        inlined += 1
        // The names of a branch are its own: two branches may use the same.
        let prefix = "#\(inlined)/"
        let own = branch.ownNames
        func renamed(_ name: String) -> String { own.contains(name) ? prefix + name : name }
        for (name, constant) in branch.constants {
            constants[prefix + name] = constant
            types[prefix + name] = constant.type
        }
        let outputs = branch.outputs.map(\.name)
        let needed = branch.needed(for: outputs)
        try NodeSupport.check(needed, in: model)
        for inner in needed { try fold(inner.renamed(renamed)) }
        for (name, output) in zip(node.outputs, outputs) {
            let value = resolved(renamed(output))
            guard types[value] != nil else {
                throw RecError(.invalidONNX, path: model.path, "The node '\(node.name)' gives no '\(output)'.")
            }
            setAlias(name, value)
        }
    }
}
