internal import RecCore
internal import RecNetwork

/// Activations that exporters write out in several nodes, found at the node in their middle.
enum ActivationPatterns {
    /// SiLU and CLIP's GELU at a sigmoid: x * sigmoid(x) and x * sigmoid(1.702 x).
    @Sendable static func lowerSigmoid(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        let (input, output) = (node.node.inputs[0], node.node.outputs[0])
        if let end = lowering.product(of: output, and: input) {
            return finish(.silu, of: input, [end], &lowering)
        }
        if let scaled = try lowering.scalar("Mul", before: input), scaled.number.isNear(1.702),
            let end = lowering.product(of: output, and: scaled.value)
        {
            return finish(.quickGELU, of: scaled.value, [end], &lowering)
        }
        return try ActivationRule.lower(node, &lowering)
    }

    /// Hard swish at a hard sigmoid of slope 1/6.
    @Sendable static func lowerHardSigmoid(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        let context = node.operation.context
        let (slope, offset) = (try context.float("alpha") ?? 0.2, try context.float("beta") ?? 0.5)
        if slope.isNear(1.0 / 6), offset == 0.5,
            let end = lowering.product(of: node.node.outputs[0], and: node.node.inputs[0])
        {
            return finish(.hardSwish, of: node.node.inputs[0], [end], &lowering)
        }
        return try ActivationRule.lower(node, &lowering)
    }

    /// Hard swish at its limits: x * clip(x + 3, 0, 6) / 6.
    @Sendable static func lowerClip(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        if let sum = try lowering.scalar("Add", before: node.node.inputs[0]), sum.number == 3,
            try ActivationRule.limits(node, lowering).map({ $0 == (0, 6) }) ?? false
        {
            let output = node.node.outputs[0]
            if let product = lowering.product(of: output, and: sum.value),
                let end = try lowering.scalar(after: lowering.output(product)), end.factor.isNear(1.0 / 6)
            {
                return finish(.hardSwish, of: sum.value, [product, end.index], &lowering)
            }
            if let sixth = try lowering.scalar(after: output), sixth.factor.isNear(1.0 / 6),
                let end = lowering.product(of: lowering.output(sixth.index), and: sum.value)
            {
                return finish(.hardSwish, of: sum.value, [sixth.index, end], &lowering)
            }
        }
        return try ActivationRule.lower(node, &lowering)
    }

    /// GELU at its error function: x / 2 * (1 + erf(x / sqrt 2)), in any order.
    @Sendable static func lowerErf(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        guard let scaled = try lowering.factor(before: node.node.inputs[0]), scaled.factor.isNear(0.5.squareRoot()),
            let tail = try halves(scaled.value, node.node.outputs[0], lowering)
        else { return false }
        return finish(.gelu, of: scaled.value, tail, &lowering)
    }

    /// The approximation of GELU at its hyperbolic tangent.
    @Sendable static func lowerTanh(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        if let value = try argumentOfGELU(node.node.inputs[0], lowering),
            let tail = try halves(value, node.node.outputs[0], lowering)
        {
            return finish(.tanhGELU, of: value, tail, &lowering)
        }
        return try ActivationRule.lower(node, &lowering)
    }

    /// The x of sqrt(2 / pi) * (x + 0.044715 x^3).
    private static func argumentOfGELU(_ name: String, _ lowering: GraphLowering) throws -> String? {
        guard let outer = try lowering.factor(before: name), outer.factor.isNear((2 / Double.pi).squareRoot()),
            let sum = lowering.producers[outer.value]?.node, sum.operatorType == "Add", sum.inputs.count == 2
        else { return nil }
        for (x, cubic) in [(sum.inputs[0], sum.inputs[1]), (sum.inputs[1], sum.inputs[0])] {
            guard let inner = try lowering.factor(before: cubic), inner.factor.isNear(0.044715),
                try lowering.isPower(inner.value, of: x, 3)
            else { continue }
            return x
        }
        return nil
    }

    /// The nodes that make x / 2 * (1 + t) of t, from the sum on.
    private static func halves(_ x: String, _ t: String, _ lowering: GraphLowering) throws -> [Int]? {
        guard let sum = lowering.onlyConsumer(of: t), sum.node.node.operatorType == "Add",
            try lowering.scalar("Add", before: sum.node.node.outputs[0]).map({ $0.value == t && $0.number == 1 })
                ?? false
        else { return nil }
        let inner = sum.node.node.outputs[0]
        if let product = lowering.product(of: inner, and: x) {
            guard let half = try lowering.scalar(after: lowering.output(product)), half.factor == 0.5 else {
                return nil
            }
            return [sum.index, product, half.index]
        }
        if let half = try lowering.scalar(after: inner), half.factor == 0.5 {
            return lowering.product(of: lowering.output(half.index), and: x).map { [sum.index, half.index, $0] }
        }
        // The half of x is another value.
        guard let product = lowering.onlyConsumer(of: inner), product.node.node.operatorType == "Mul",
            let other = product.node.node.inputs.first(where: { $0 != inner }),
            let half = try lowering.factor(before: other), half.value == x, half.factor == 0.5
        else { return nil }
        return [sum.index, product.index]
    }

    /// Applies an activation in place of some nodes, of which the last computes its output.
    private static func finish(
        _ activation: Activation,
        of input: String,
        _ nodes: [Int],
        _ lowering: inout GraphLowering
    ) -> Bool {
        guard let last = nodes.last, lowering.held[input] != nil else { return false }
        for index in nodes { lowering.take(index) }
        return ActivationRule.lower(activation, of: input, to: lowering.output(last), &lowering)
    }
}

extension Float {
    /// Whether a constant of a graph is this number to the precision that exporters write.
    func isNear(_ number: Double) -> Bool { abs(Double(self) - number) <= 1e-4 * abs(number) }
}
