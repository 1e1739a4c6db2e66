package import RecCore

/// A node that cannot be used, and what helps.
package struct UnsupportedNode: Sendable, Hashable {
    /// The name of the node.
    package let name: String
    /// The operator with its domain: "Loop", "com.microsoft.FusedConv".
    package let operatorType: String
    /// The version of the operator set that the file uses.
    package let opset: Int
    /// Why the node is not supported.
    package let reason: String
    /// What helps, where it is known.
    package let remedy: String?

    init(_ node: ONNXNode, opset: Int, reason: String, remedy: String? = nil) {
        name = node.name
        operatorType = node.domain.isEmpty ? node.operatorType : "\(node.domain).\(node.operatorType)"
        self.opset = opset
        self.reason = reason
        self.remedy = remedy
    }
}

/// Finds the nodes of a model that cannot be used.
package enum NodeSupport {
    /// The most nodes that a message lists.
    private static let listLimit = 100

    /// The unsupported nodes among those that some outputs need; reads no weights.
    package static func unsupported(in model: ONNXModel, outputs: [String]? = nil) -> [UnsupportedNode] {
        unsupported(model.graph.needed(for: outputs ?? model.graph.outputs.map(\.name)), in: model)
    }

    /// Checks nodes.
    ///
    /// - Throws: `RecError` with code `unsupportedONNX` that lists all that are not supported.
    static func check(_ nodes: [ONNXNode], in model: ONNXModel) throws {
        let found = unsupported(nodes, in: model)
        if !found.isEmpty { throw error(found, in: model) }
    }

    private static func unsupported(_ nodes: [ONNXNode], in model: ONNXModel) -> [UnsupportedNode] {
        nodes.compactMap { node in
            if node.operatorType == "If", node.domain.isEmpty { return nil }
            guard node.domain.isEmpty else {
                return UnsupportedNode(
                    node,
                    opset: model.opsets[node.domain] ?? 1,
                    reason: "its operator is not one of the standard",
                    remedy: node.domain.hasPrefix("com.microsoft")
                        ? "use the file as it was before ONNX Runtime optimised it" : nil
                )
            }
            let opset = model.opset(of: node)
            guard opset <= ONNXLimits.newestOpset else {
                return UnsupportedNode(
                    node,
                    opset: opset,
                    reason: "its operator set is newer than \(ONNXLimits.newestOpset)",
                    remedy: "export with opset \(ONNXLimits.newestOpset) or an older one"
                )
            }
            guard OperatorTable.version(of: node.operatorType, opset: opset) != nil else { return unknown(node, opset) }
            do {
                _ = try OperatorTable.operation(for: node, opset: opset)
                return nil
            } catch {
                let message = (error as? RecError)?.message ?? "\(error)"
                return UnsupportedNode(node, opset: opset, reason: message)
            }
        }
    }

    private static func unknown(_ node: ONNXNode, _ opset: Int) -> UnsupportedNode {
        if let first = OperatorTable.firstVersion(of: node.operatorType) {
            return UnsupportedNode(
                node,
                opset: opset,
                reason: "its form before opset \(first) is not supported",
                remedy: "export with opset \(max(first, 17))"
            )
        }
        let remedy: String? =
            switch node.operatorType {
            case "Loop", "Scan", "SequenceMap": "export with fixed sizes, so that loops are unrolled"
            case "QLinearConv", "QLinearMatMul", "ConvInteger", "MatMulInteger", "DynamicQuantizeLinear":
                "export the network in floating point"
            case "RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Bernoulli", "Multinomial":
                "export in evaluation mode"
            default: nil
            }
        return UnsupportedNode(node, opset: opset, reason: "its operator is not supported", remedy: remedy)
    }

    /// The error that lists nodes, with the last value before them as a place to cut the network.
    package static func error(_ nodes: [UnsupportedNode], in model: ONNXModel) -> RecError {
        var lines = nodes.prefix(listLimit).map { node in
            let remedy = node.remedy.map { "; \($0)" } ?? ""
            return "'\(node.name.prefix(120))': \(node.operatorType) of opset \(node.opset): \(node.reason)\(remedy)"
        }
        if nodes.count > listLimit { lines.append("and \(nodes.count - listLimit) more") }
        let cut = cutting(nodes, in: model).map { " Or cut the network before them, at the output '\($0)'." } ?? ""
        let count = nodes.count == 1 ? "One node is" : "\(nodes.count) nodes are"
        return RecError(
            .unsupportedONNX,
            path: model.path,
            "\(count) not supported:\n  \(lines.joined(separator: "\n  ")).\(cut)"
        )
    }

    /// The last value that is computed before the first of the nodes.
    private static func cutting(_ nodes: [UnsupportedNode], in model: ONNXModel) -> String? {
        let names = Set(nodes.map(\.name))
        guard let first = model.graph.nodes.firstIndex(where: { names.contains($0.name) }), first > 0 else {
            return nil
        }
        let made = Set(model.graph.nodes[..<first].flatMap(\.outputs))
        return model.graph.nodes[first].inputs.first { !$0.isEmpty && made.contains($0) }
    }
}
