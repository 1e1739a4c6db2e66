internal import RecNetwork

/// Matrix products with constant weights: fully connected layers of a vector, 1x1 convolutions of many rows.
enum ProductRule {
    @Sendable static func lowerMatMul(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        guard let input = lowering.operand(node, 0), let weights = lowering.constant(node, 1),
            weights.type.rank == 2, lowering.type(input).map({ $0.rank >= 1 }) ?? false
        else { return false }
        let sizes = (inputs: weights.type.shape[0], outputs: weights.type.shape[1])
        var product = Product(
            weights: weights,
            isTransposed: true,
            inputs: sizes.inputs,
            outputs: sizes.outputs,
            output: node.node.outputs[0]
        )
        product.takeBias(&lowering)
        return product.lower(node.node, input, &lowering)
    }

    @Sendable static func lowerGemm(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        let context = node.operation.context
        guard let input = lowering.operand(node, 0), let weights = lowering.constant(node, 1),
            weights.type.rank == 2, try !context.flag("transA"), lowering.operand(node, 2) == nil
        else { return false }
        let isTransposed = try !context.flag("transB")
        let shape = isTransposed ? weights.type.shape.reversed() : weights.type.shape
        var product = Product(
            weights: weights,
            isTransposed: isTransposed,
            inputs: shape[1],
            outputs: shape[0],
            output: node.node.outputs[0]
        )
        product.factor = try context.float("alpha") ?? 1
        product.biasFactor = try context.float("beta") ?? 1
        if let bias = lowering.constant(node, 2) {
            guard bias.type.count == 1 || bias.type.count == product.outputs && bias.type.shape.last == product.outputs
            else { return false }
            product.bias = bias
        } else {
            product.takeBias(&lowering)
        }
        return product.lower(node.node, input, &lowering)
    }
}

/// A product of rows with a constant matrix, and the bias added to it.
private struct Product {
    let weights: ONNXConstant
    /// Whether the matrix is inputs x outputs.
    let isTransposed: Bool
    let inputs: Int
    let outputs: Int
    var factor: Float = 1
    var bias: ONNXConstant?
    var biasFactor: Float = 1
    /// The name of the value that it computes.
    var output: String
    private var taken: Int?

    init(weights: ONNXConstant, isTransposed: Bool, inputs: Int, outputs: Int, output: String) {
        self.weights = weights
        self.isTransposed = isTransposed
        self.inputs = inputs
        self.outputs = outputs
        self.output = output
    }

    /// Takes in the sum with a constant row that follows, if nothing else reads the product.
    mutating func takeBias(_ lowering: inout GraphLowering) {
        guard let next = lowering.onlyConsumer(of: output), next.node.node.operatorType == "Add",
            next.node.node.inputs.count == 2, let other = next.node.node.inputs.first(where: { $0 != output }),
            let row = lowering.graph.constants[other], row.type.count == outputs, row.type.shape.last == outputs,
            lowering.type(output)?.count == lowering.type(next.node.node.outputs[0])?.count
        else { return }
        bias = row
        taken = next.index
        output = next.node.node.outputs[0]
    }

    func lower(_ node: ONNXNode, _ input: String, _ lowering: inout GraphLowering) -> Bool {
        guard let type = lowering.type(input), type.shape.last == inputs, type.count % inputs == 0 else { return false }
        let name: String
        if type.count == inputs {
            let source: HeldValue.Held?
            // A flattened map is read as it lies.
            if let form = lowering.held[input]?.maps.first(where: { if case .planes = $0 { true } else { false } }) {
                source = lowering.value(input, form)
            } else {
                source = lowering.value(input, .vector)
            }
            guard let source else { return false }
            name = lowering.layerName(node)
            let layer = FullyConnected(input: source.shape, outputs: outputs)
            let value = lowering.network.fullyConnected(name, source.value, layer)
            lowering.hold(output, .vector, value, FeatureMapShape(channels: outputs))
        } else {
            guard let source = lowering.value(input, .rows(channels: inputs)) else { return false }
            name = lowering.layerName(node)
            let convolution = Convolution(
                inputs: inputs,
                outputs: outputs,
                window: SlidingWindow(1),
                hasBias: true,
                hasInputsFirst: isTransposed
            )
            let value = lowering.network.convolution(name, source.value, convolution)
            let shape = FeatureMapShape(channels: outputs, height: source.shape.height, width: source.shape.width)
            lowering.hold(output, .rows(channels: outputs), value, shape)
        }
        if let taken { lowering.take(taken) }
        setParameters(name, inputsFirst: isTransposed && type.count != inputs, &lowering)
        return true
    }

    /// Notes the weights, which a convolution of rows takes as inputs x outputs too.
    private func setParameters(_ name: String, inputsFirst: Bool, _ lowering: inout GraphLowering) {
        let (weights, bias, factor, biasFactor) = (weights, bias, factor, biasFactor)
        let (isTransposed, inputs, outputs) = (isTransposed, inputs, outputs)
        lowering.setParameter(name, .weight) {
            var values = try weights.load().floats
            if isTransposed, !inputsFirst {
                values = TensorKernels.outputFirst(values.span, height: 1, width: 1, inputs: inputs, outputs: outputs)
            }
            return factor == 1 ? values : values.map { $0 * factor }
        }
        lowering.setParameter(name, .bias) {
            guard let values = try bias?.load().floats else { return [Float](repeating: 0, count: outputs) }
            let row = values.count == 1 ? [Float](repeating: values[0], count: outputs) : values
            return biasFactor == 1 ? row : row.map { $0 * biasFactor }
        }
    }
}
