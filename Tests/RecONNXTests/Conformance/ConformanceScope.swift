import RecNetwork
import RecONNX

/// Which cases of the standard count: those of operators that networks of pictures use.
enum ConformanceScope {
    /// What convolutional networks and vision transformers need once constants are folded.
    static let tierC = names(
        """
        Conv BatchNormalization Relu Clip MaxPool AveragePool GlobalAveragePool Gemm MatMul Add Mul Concat Flatten
        Reshape Identity Constant Dropout Softmax Sigmoid HardSigmoid HardSwish ReduceMean Div Sub Transpose Squeeze
        Unsqueeze Shape Gather Slice Split Pad Cast ReduceL2 LRN LayerNormalization Gelu Erf Pow Sqrt Expand Where
        Equal ConstantOfShape
        """
    )

    /// With what text towers, masks and positions add.
    static let tierD = tierC.union(
        names(
            """
            Range Mod Tanh ArgMax Neg Sin Cos Tile Not And Greater Less GreaterOrEqual LessOrEqual IsNaN Reciprocal Min
            Max Exp Log Floor Abs Trilu Attention
            """
        )
    )

    /// All operators that are held to the standard's cases.
    static let all = tierD.union(
        names(
            """
            LeakyRelu PRelu Tanh Mish Swish Elu Selu Celu ThresholdedRelu Softplus Softsign LogSoftmax LpPool
            GlobalMaxPool Sum Mean Ceil RMSNormalization Size CastLike Or RotaryEmbedding ReduceSum ReduceMax ReduceMin
            ReduceL1 ReduceProd ReduceSumSquare LpNormalization CumSum GatherElements GatherND ScatterND Einsum Round
            Sign InstanceNormalization GroupNormalization MeanVarianceNormalization Resize Upsample DepthToSpace
            SpaceToDepth Col2Im ArgMin TopK OneHot ConvTranspose QuantizeLinear DequantizeLinear
            """
        )
    )

    private static func names(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    /// Why a case is not in scope; `nil` when it is.
    static func exclusion(_ model: ONNXModel, name: String, operators: Set<String>) -> String? {
        for node in model.graph.nodes {
            if !node.domain.isEmpty { return "Operators of other domains" }
            for case .graph in node.attributes.values { return "Control flow" }
        }
        let values = model.graph.inputs + model.graph.outputs
        let types: [ElementType] = [.float32, .int64, .int32, .bool]
        if values.contains(where: { $0.elementType.map { !types.contains($0) } ?? true }) {
            return "Inputs or outputs that are not tensors of FLOAT, INT64, INT32 or BOOL"
        }
        if name.contains("training") { return "Training" }
        return model.graph.nodes.allSatisfy { operators.contains($0.operatorType) } ? nil : "Other operators"
    }

    static func contains(_ model: ONNXModel, name: String, operators: Set<String>) -> Bool {
        exclusion(model, name: name, operators: operators) == nil
    }
}
