/// A function of a file: nodes that take the place of each node that calls it.
struct ONNXFunction: Sendable {
    /// What a node calls: domain, name, and which of those of that name.
    struct Key: Hashable {
        let domain: String
        let name: String
        let overload: String
    }

    /// The name with its domain.
    var key = Key(domain: "", name: "", overload: "")
    /// The names that its nodes have for the inputs.
    var inputs: [String] = []
    /// The names of those of its values that are the outputs.
    var outputs: [String] = []
    /// The values of attributes that a call may leave out.
    var defaults: [String: ONNXAttribute] = [:]
    /// The version of the standard's operator set for its nodes; `nil` when it names none.
    var opset: Int?
    /// The nodes.
    var nodes: [ONNXNode] = []
}

extension ONNXNode {
    /// The function that the node calls, if the file has it.
    var functionKey: ONNXFunction.Key {
        ONNXFunction.Key(domain: domain, name: operatorType, overload: overload)
    }
}
