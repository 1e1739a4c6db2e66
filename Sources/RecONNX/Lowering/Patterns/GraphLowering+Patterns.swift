internal import RecCore
internal import RecNetwork

extension GraphLowering {
    /// The first output of a node.
    func output(_ index: Int) -> String { graph.nodes[index].node.outputs[0] }

    /// The only number of a constant.
    func number(_ name: String) throws -> Float? {
        guard let constant = graph.constants[name], constant.type.count == 1 else { return nil }
        return try constant.load().floats.first
    }

    /// The node that multiplies two values, if nothing else reads the first.
    func product(of first: String, and second: String) -> Int? {
        guard let next = onlyConsumer(of: first), next.node.node.operatorType == "Mul", first != second,
            Set(next.node.node.inputs) == [first, second]
        else { return nil }
        return next.index
    }

    /// The value and the number that a node of that operator combines to a value.
    func scalar(_ operatorType: String, before name: String) throws -> (value: String, number: Float)? {
        guard let node = producers[name]?.node, node.operatorType == operatorType, node.inputs.count == 2
        else { return nil }
        if let number = try number(node.inputs[1]) { return (node.inputs[0], number) }
        if operatorType != "Div", let number = try number(node.inputs[0]) { return (node.inputs[1], number) }
        return nil
    }

    /// The value that is multiplied or divided by a number to give a value, with the factor.
    func factor(before name: String) throws -> (value: String, factor: Float)? {
        if let product = try scalar("Mul", before: name) { return (product.value, product.number) }
        return try scalar("Div", before: name).map { ($0.value, 1 / $0.number) }
    }

    /// The only node that reads a value, if it multiplies or divides it by a number.
    func scalar(after name: String) throws -> (index: Int, factor: Float)? {
        guard let next = onlyConsumer(of: name), let factor = try factor(before: next.node.node.outputs[0]),
            factor.value == name
        else { return nil }
        return (next.index, factor.factor)
    }

    /// Whether a value is a power of another.
    func isPower(_ name: String, of base: String, _ exponent: Float) throws -> Bool {
        guard let node = producers[name]?.node else { return false }
        if node.operatorType == "Pow" { return try node.inputs[0] == base && number(node.inputs[1]) == exponent }
        guard node.operatorType == "Mul", node.inputs.count == 2 else { return false }
        if exponent == 2 { return node.inputs == [base, base] }
        let other = node.inputs.first { $0 != base }
        return try exponent == 3 && node.inputs.contains(base) && other.map { try isPower($0, of: base, 2) } ?? false
    }
}
