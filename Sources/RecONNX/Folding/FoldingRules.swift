internal import RecNetwork

/// What is known of a node's outputs without computing them.
enum FoldingRules {
    /// Operators that only give their first input another shape.
    private static let reshaping: Set<String> = ["Reshape", "Flatten", "Squeeze", "Unsqueeze"]
    /// Operators whose output is their first input when it has the same type.
    private static let idle = reshaping.union(["Identity", "Dropout", "Cast", "CastLike", "Expand", "Tile"])

    /// The name of the value that a node's only output equals; `nil` when it does not.
    static func identity(_ node: ONNXNode, _ operands: [Operand?], _ outputs: [TensorType]) -> String? {
        guard node.outputCount == 1 else { return nil }
        if node.operatorType == "Concat" {
            // The others may have no elements.
            let parts = operands.indices.filter { operands[$0].map { $0.type.count > 0 } ?? false }
            return parts.count == 1 && operands[parts[0]]?.type == outputs[0] ? node.inputs[parts[0]] : nil
        }
        guard let first = operands.first, let type = first?.type, type == outputs[0] else { return nil }
        let isIdle =
            switch node.operatorType {
            case "Transpose": isNoMove(node, type.shape)
            case "Sum", "Mean", "Max", "Min": operands.count == 1
            case "Slice": !isReversed(node, operands)
            case "Pad": isWithoutMargins(node, operands)
            default: idle.contains(node.operatorType)
            }
        return isIdle ? node.inputs[0] : nil
    }

    /// Whether a transposition leaves the order of axes longer than one.
    private static func isNoMove(_ node: ONNXNode, _ shape: [Int]) -> Bool {
        var order = Array(shape.indices.reversed())
        if case .integers(let list) = node.attributes["perm"] { order = list.map { OperatorContext.clamped($0) } }
        let long = order.filter { shape.indices.contains($0) && shape[$0] != 1 }
        return long == long.sorted()
    }

    private static func isReversed(_ node: ONNXNode, _ operands: [Operand?]) -> Bool {
        guard operands.count > 4, let steps = operands[4] else { return false }
        guard let values = try? steps.constant?.load().integers else { return true }
        return values.contains { $0 < 0 }
    }

    private static func isWithoutMargins(_ node: ONNXNode, _ operands: [Operand?]) -> Bool {
        for name in ["pads", "paddings"] {
            if case .integers(let pads) = node.attributes[name] { return pads.allSatisfy { $0 == 0 } }
        }
        guard operands.count > 1, let pads = try? operands[1]?.constant?.load().integers else { return false }
        return pads.allSatisfy { $0 == 0 }
    }

    /// Outputs that are constants though inputs are not, or that need no computation.
    static func shortcut(
        _ context: OperatorContext,
        _ operands: [Operand?],
        _ outputs: [TensorType]
    ) throws -> [ONNXConstant]? {
        guard let first = operands.first, let first else { return nil }
        let type = outputs[0]
        switch context.node.operatorType {
        case "Shape": return [ONNXConstant(Tensor(integers: try ShapeOperators.part(of: first.type.shape, context)))]
        case "Size":
            return [ONNXConstant(Tensor([Int64(first.type.count)], TensorType(.int64, [])))]
        case "ConstantOfShape":
            let value = try GenerationOperators.filling(context)
            return [ONNXConstant(type: type, content: .filled(value))]
        case "Expand":
            guard let constant = first.constant, constant.type.count == 1 else { return nil }
            return [ONNXConstant(type: type, content: .filled(try constant.load().reshaped([1])))]
        default: break
        }
        guard let constant = first.constant, reshaping.contains(context.node.operatorType) else { return nil }
        switch constant.content {
        case .computed(let tensor): return [ONNXConstant(tensor.reshaped(type.shape))]
        case .mapped, .filled, .unreadable: return [ONNXConstant(type: type, content: constant.content)]
        }
    }
}
