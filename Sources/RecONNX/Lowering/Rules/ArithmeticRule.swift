internal import RecNetwork

/// Sums, differences, products and quotients: of two values of one shape, of a map and a value for each channel, or
/// with a constant.
enum ArithmeticRule {
    @Sendable static func lower(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        guard node.node.inputs.count == 2 else { return false }
        switch (lowering.operand(node, 0), lowering.operand(node, 1)) {
        case (let first?, let second?): return lower(node, first, second, &lowering)
        case (let value?, nil): return try lower(node, value, constant: 1, &lowering)
        case (nil, let value?): return try lower(node, value, constant: 0, &lowering)
        case (nil, nil): return false
        }
    }

    // MARK: Two values.

    private static func lower(
        _ node: FoldedGraph.Node,
        _ first: String,
        _ second: String,
        _ lowering: inout GraphLowering
    ) -> Bool {
        let isSum = node.node.operatorType == "Add"
        guard isSum || node.node.operatorType == "Mul", let type = lowering.type(first),
            let other = lowering.type(second)
        else { return false }
        if type.count != other.count {
            guard !isSum else { return false }
            return type.count > other.count
                ? gate(node, first, by: second, &lowering) : gate(node, second, by: first, &lowering)
        }
        guard lowering.type(node.node.outputs[0])?.count == type.count,
            let form = commonForm(first, second, lowering), let a = lowering.value(first, form),
            let b = lowering.value(second, form)
        else { return false }
        let same = lowering.view(b, height: a.shape.height, width: a.shape.width)
        let value = isSum ? lowering.network.add(a.value, same.value) : lowering.network.multiply(a.value, same.value)
        lowering.hold(node.node.outputs[0], form, value, a.shape)
        return true
    }

    /// A form that both values have, or a map that one of them is.
    private static func commonForm(_ first: String, _ second: String, _ lowering: GraphLowering) -> ValueForm? {
        guard let a = lowering.held[first], let b = lowering.held[second] else { return nil }
        if let both = a.maps.first(where: { b.forms[$0] != nil }) { return both }
        if a.forms[.vector] != nil, b.forms[.vector] != nil { return .vector }
        return a.maps.first ?? b.maps.first ?? .vector
    }

    /// The product of a map with a value for each of its channels.
    private static func gate(
        _ node: FoldedGraph.Node,
        _ map: String,
        by factors: String,
        _ lowering: inout GraphLowering
    ) -> Bool {
        guard let type = lowering.type(map), let other = lowering.type(factors),
            lowering.type(node.node.outputs[0])?.shape == type.shape,
            let form = ChannelOperand(other.shape, over: type.shape)?.form,
            let held = lowering.value(map, form), let vector = lowering.vector(factors)
        else { return false }
        lowering.hold(node.node.outputs[0], form, lowering.network.gate(held.value, by: vector), held.shape)
        return true
    }

    // MARK: A value and a constant.

    /// Channels for each of which a number is stored where one would do, so that a convolution can take it in.
    private static let largestScalarChannels = 1 << 14

    private static func lower(
        _ node: FoldedGraph.Node,
        _ input: String,
        constant place: Int,
        _ lowering: inout GraphLowering
    ) throws -> Bool {
        guard let constant = lowering.constant(node, place), let type = lowering.type(input),
            let source = lowering.held[input], lowering.type(node.node.outputs[0])?.shape == type.shape,
            let affine = try Affine(node.node.operatorType, constantIsFirst: place == 0, constant), affine.isFinite
        else { return false }
        let form: ValueForm
        if constant.type.count == 1, let held = source.forms[source.origin],
            source.origin == .vector || held.shape.channels > largestScalarChannels
        {
            let value = lowering.network.affine(
                held.value,
                factor: affine.scale(1)[0],
                summand: affine.shift(1)[0]
            )
            if affine.shift(1)[0] == 0 {
                lowering.setOrigin(of: value, .scaled(held.value, factor: affine.scale(1)[0]))
            }
            lowering.hold(node.node.outputs[0], source.origin, value, held.shape)
            return true
        } else if constant.type.count == 1 {
            form = source.origin
        } else if let operand = ChannelOperand(constant.type.shape, over: type.shape) {
            form = operand.form
        } else {
            guard constant.type.count == type.count else { return false }
            form = .vector
        }
        guard let held = lowering.value(input, form) else { return false }
        let channels = held.shape.channels
        let name = lowering.layerName(node.node)
        // A normalisation whose mean is 0 and whose variance is 1, to the last bit.
        lowering.setParameter(name, .scale) { affine.scale(channels) }
        lowering.setParameter(name, .shift) { affine.shift(channels) }
        lowering.setParameter(name, .mean) { [Float](repeating: 0, count: channels) }
        lowering.setParameter(name, .variance) { [Float](repeating: 1, count: channels) }
        let layer = BatchNormalization(channels: channels, epsilon: .leastNonzeroMagnitude)
        let value = lowering.network.batchNormalization(name, held.value, layer)
        lowering.hold(node.node.outputs[0], form, value, held.shape)
        return true
    }
}

/// An operand with one value for each channel of a map.
private struct ChannelOperand {
    let form: ValueForm

    /// Aligns the operand with the last dimensions; its channels are the outer or the inner ones.
    init?(_ operand: [Int], over shape: [Int]) {
        guard operand.count <= shape.count else { return nil }
        let dims = [Int](repeating: 1, count: shape.count - operand.count) + operand
        let used = dims.indices.filter { dims[$0] > 1 }
        guard let first = used.first, let last = used.last,
            (first...last).allSatisfy({ dims[$0] == shape[$0] })
        else { return nil }
        let channels = shape[first...last].reduce(1, *)
        if shape[(last + 1)...].allSatisfy({ $0 == 1 }) {
            form = .rows(channels: channels)
        } else if shape[..<first].allSatisfy({ $0 == 1 }) {
            form = .planes(channels: channels)
        } else {
            return nil
        }
    }
}

/// An operation with a constant as a factor and a summand for each channel.
private struct Affine: Sendable {
    private let factors: [Float]
    private let summands: [Float]

    init?(_ operatorType: String, constantIsFirst: Bool, _ constant: ONNXConstant) throws {
        let values = try constant.load().floats
        switch (operatorType, constantIsFirst) {
        case ("Add", _): (factors, summands) = ([1], values)
        case ("Sub", false): (factors, summands) = ([1], values.map { -$0 })
        case ("Sub", true): (factors, summands) = ([-1], values)
        case ("Mul", _): (factors, summands) = (values, [0])
        case ("Div", false): (factors, summands) = (values.map { 1 / $0 }, [0])
        default: return nil
        }
    }

    /// Whether layers can have these parameters; masks of attention, for one, hold infinities.
    var isFinite: Bool { factors.allSatisfy(\.isFinite) && summands.allSatisfy(\.isFinite) }

    func scale(_ channels: Int) -> [Float] { Self.spread(factors, channels) }
    func shift(_ channels: Int) -> [Float] { Self.spread(summands, channels) }

    private static func spread(_ values: [Float], _ channels: Int) -> [Float] {
        values.count == 1 ? [Float](repeating: values[0], count: channels) : values
    }
}
