internal import RecCore

/// An operator of the standard: its name, the versions in which its definition changed, and how it is made of a node.
struct OperatorEntry: Sendable {
    let name: String
    let versions: [Int]
    let make: @Sendable (OperatorContext) throws -> TensorOperation

    init(
        _ name: String,
        _ versions: [Int],
        _ make: @escaping @Sendable (OperatorContext) throws -> TensorOperation
    ) {
        self.name = name
        self.versions = versions
        self.make = make
    }
}

/// The operators that are known.
enum OperatorTable {
    private static let families: [[OperatorEntry]] = [
        ActivationOperators.table, ArithmeticOperators.table, ComparisonOperators.table, CastOperators.table,
        ShapeOperators.table, MovementOperators.table, SliceOperators.table, GatherOperators.table,
        ScatterOperators.table, GenerationOperators.table, ReductionOperators.table, SortingOperators.table,
        SoftmaxOperators.table, NormalizationOperators.table, PoolingOperators.table, ConvolutionOperators.table,
        ColumnsOperator.table, ProductOperators.table, EinsumOperator.table, AttentionOperator.table,
        RotaryOperator.table, ResizeOperators.table, PadOperator.table, QuantizationOperators.table,
    ]

    private static let entries: [String: OperatorEntry] = {
        var entries: [String: OperatorEntry] = [:]
        for entry in families.joined() { entries[entry.name] = entry }
        return entries
    }()

    /// The version of an operator's definition in a version of the operator set; `nil` when there is no such operator.
    static func version(of operatorType: String, opset: Int) -> Int? {
        entries[operatorType]?.versions.last { $0 <= opset }
    }

    /// The first version of the operator set in which an operator is known here.
    static func firstVersion(of operatorType: String) -> Int? { entries[operatorType]?.versions.first }

    /// The operator of a node.
    ///
    /// - Parameters:
    ///   - node: The node.
    ///   - opset: The version of the standard's operator set.
    /// - Returns: The operator, with the version of its definition.
    /// - Throws: `RecError` with code `unsupportedONNX` or `invalidONNX`.
    static func operation(for node: ONNXNode, opset: Int) throws -> TensorOperation {
        guard node.domain.isEmpty, let entry = entries[node.operatorType],
            let version = version(of: node.operatorType, opset: opset)
        else {
            throw RecError(
                .unsupportedONNX,
                "The node '\(node.name)' has the operator '\(node.operatorType)' of version \(opset), which is not "
                    + "supported."
            )
        }
        return try entry.make(OperatorContext(node: node, version: version))
    }
}
