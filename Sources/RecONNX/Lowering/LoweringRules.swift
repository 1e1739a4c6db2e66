internal import RecNetwork

/// The typed layers of operators, by the operators' names.
///
/// A rule looks at one node, which has one output unless it is a `Split`. When no layer fits its operands and
/// attributes, the rule answers `false` and has changed nothing.
enum LoweringRules {
    typealias Rule = @Sendable (FoldedGraph.Node, inout GraphLowering) throws -> Bool

    private static let rules: [String: Rule] = [
        "Conv": ConvolutionRule.lower,
        "BatchNormalization": NormalizationRule.lower,
        "MaxPool": PoolingRule.lowerMaximum,
        "GlobalAveragePool": PoolingRule.lowerMean,
        "ReduceMean": PoolingRule.lowerReduction,
        "Gemm": ProductRule.lowerGemm,
        "MatMul": AttentionPattern.lowerProduct,
        "Softmax": AttentionRule.lowerSoftmax,
        "Attention": AttentionPattern.lowerNode,
        "LayerNormalization": LayerNormalizationPattern.lower,
        "AveragePool": PoolingRule.lowerAverage,
        "Concat": ConcatenationRule.lower,
        "Reshape": ViewRule.lower,
        "Flatten": ViewRule.lower,
        "Squeeze": ViewRule.lower,
        "Unsqueeze": ViewRule.lower,
        "Identity": ViewRule.lower,
        "Dropout": ViewRule.lower,
        "Cast": ViewRule.lower,
        "Transpose": TransposeRule.lower,
        "Slice": MoveRule.lower,
        "Split": MoveRule.lower,
        "Gather": MoveRule.lower,
        "Expand": MoveRule.lower,
        "Tile": MoveRule.lower,
        "DepthToSpace": MoveRule.lower,
        "SpaceToDepth": MoveRule.lower,
        "Add": ArithmeticRule.lower,
        "Sub": ArithmeticRule.lower,
        "Mul": ArithmeticRule.lower,
        "Div": LayerNormalizationPattern.lowerQuotient,
        "Relu": ActivationRule.lower,
        "Clip": ActivationPatterns.lowerClip,
        "Sigmoid": ActivationPatterns.lowerSigmoid,
        "Tanh": ActivationPatterns.lowerTanh,
        "HardSigmoid": ActivationPatterns.lowerHardSigmoid,
        "HardSwish": ActivationRule.lower,
        "Gelu": ActivationRule.lower,
        "Erf": ActivationPatterns.lowerErf,
    ]

    /// Lowers a node to typed layers if a rule has them.
    static func lower(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        // A test has truths for its output, which no layer holds.
        if node.node.operatorType == "IsNaN" { return try AttentionRule.lowerTest(node, &lowering) }
        // Layers have one output; statistics and indices beside it are computed by the operator itself.
        let isPlain = node.node.outputs.first != "" && node.node.outputCount == 1
        guard node.node.domain.isEmpty, let rule = rules[node.node.operatorType],
            isPlain || node.node.operatorType == "Split",
            node.node.inputs.allSatisfy({ $0.isEmpty || lowering.isConstant($0) || lowering.isFloat($0) }),
            node.node.outputs.allSatisfy({ $0.isEmpty || lowering.isFloat($0) })
        else { return false }
        return try rule(node, &lowering)
    }
}

extension GraphLowering {
    /// Whether a value has numbers of 32 bits or fewer that layers can compute with, and at least one.
    func isFloat(_ name: String) -> Bool {
        guard let type = type(name), type.count > 0 else { return false }
        return type.elementType.isKeptAsFloat
    }

    /// The operand of that number, if it is there and no constant.
    func operand(_ node: FoldedGraph.Node, _ index: Int) -> String? {
        let inputs = node.node.inputs
        guard inputs.indices.contains(index), !inputs[index].isEmpty, !isConstant(inputs[index]) else { return nil }
        return inputs[index]
    }

    /// The constant operand of that number.
    func constant(_ node: FoldedGraph.Node, _ index: Int) -> ONNXConstant? {
        let inputs = node.node.inputs
        return inputs.indices.contains(index) ? graph.constants[inputs[index]] : nil
    }
}
