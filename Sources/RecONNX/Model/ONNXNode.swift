/// One node of a graph: an operator with its operands.
package struct ONNXNode: Sendable {
    /// The name of the node; made from its operator and first output where the file gives none.
    package var name: String
    /// The name of the operator: "Conv".
    package let operatorType: String
    /// The domain of the operator; "" is the standard's own.
    package let domain: String
    /// Which of the functions of that name is meant, where the file has several.
    package let overload: String
    /// The version of the operator set of the function that the node comes from; `nil` stands for the model's.
    package var opset: Int?
    /// The names of the inputs; "" stands for one that is left out.
    package var inputs: [String]
    /// The names of the outputs; "" stands for one that nobody uses.
    package var outputs: [String]
    /// The attributes by name.
    package var attributes: [String: ONNXAttribute]

    /// Describes a node.
    package init(
        name: String,
        operatorType: String,
        domain: String = "",
        overload: String = "",
        inputs: [String],
        outputs: [String],
        attributes: [String: ONNXAttribute] = [:]
    ) {
        self.name = name
        self.operatorType = operatorType
        self.domain = domain
        self.overload = overload
        self.inputs = inputs
        self.outputs = outputs
        self.attributes = attributes
    }

    /// The number of outputs up to the last that has a name.
    package var outputCount: Int { (outputs.lastIndex { !$0.isEmpty } ?? -1) + 1 }
}

/// The value of an attribute.
package enum ONNXAttribute: Sendable {
    case float(Float)
    case integer(Int64)
    case text(String)
    case tensor(ONNXConstant)
    case graph(ONNXGraph)
    case floats([Float])
    case integers([Int64])
    case texts([String])
    /// In the body of a function, the attribute of that name of the node that calls it.
    case parameter(String)
    /// A value of a kind that no operator here takes, such as a sparse tensor.
    case other(String)
}
