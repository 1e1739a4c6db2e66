/// Turns a network into steps: drops what the tapped layer does not need, folds batch normalisations into convolutions,
/// and fuses residual sums, activations and small pools into the layer before them.
struct NetworkCompiler<Target: Lowering> {
    private let network: Network
    private let target: Target
    private let isNeeded: [Bool]
    private let shapes: [FeatureMapShape?]
    private let tap: Network.Value
    /// The nodes that take each value; the tap counts as one, so that nothing swallows the tapped value.
    private let consumers: [[Int]]

    /// The number of each value that some step has written; the image is number 0.
    private var numberOfValue: [Int: Int] = [0: 0]
    private var isFused: [Bool]

    /// The steps in order.
    private(set) var steps: [CompiledStep<Target.Computation>] = []
    /// Floats of the values that steps read and write; the first is the image in planes.
    private(set) var counts: [Int]
    /// The shape of the tapped value.
    let output: FeatureMapShape

    /// Compiles the part of a network that the features of a layer depend on.
    ///
    /// - Throws: ``RecNetworkError`` with code `unknownLayer`, `invalidSetting`, `misshapedTensor` or `corruptWeights`, and
    ///   what the source throws.
    init(
        _ network: Network,
        layer: FeatureLayer,
        height: Int,
        width: Int,
        source: some ParameterSource,
        target: Target
    ) throws {
        self.network = network
        self.target = target
        tap = try network.value(at: layer)
        isNeeded = network.needed(for: tap)
        shapes = try network.shapes(height: height, width: width, isNeeded: isNeeded)
        let image = FeatureMapShape(channels: network.channels, height: height, width: width)
        output = shapes[tap.index] ?? image
        var consumers = [[Int]](repeating: [], count: network.nodes.count + 1)
        for index in network.nodes.indices where isNeeded[index] {
            for input in network.nodes[index].inputs { consumers[input.index].append(index) }
        }
        let readers = consumers[0].map { network.nodes[$0].layer }
        consumers[tap.index].append(network.nodes.count)
        self.consumers = consumers
        isFused = [Bool](repeating: false, count: network.nodes.count)
        counts = [image.count]

        if tap.index == 0 || target.convertsImage(for: readers) {
            let computation = target.lower(.image, input: image, readsImage: true, hasSecond: false)
            append("image", computation, inputs: [0], value: 0, shape: image)
        }
        for index in network.nodes.indices where isNeeded[index] && !isFused[index] {
            try compile(index, source: source)
        }
    }

    /// The number of the tapped value.
    var outputNumber: Int { numberOfValue[tap.index] ?? 0 }

    private mutating func compile(_ index: Int, source: some ParameterSource) throws {
        let node = network.nodes[index]
        guard let input = shapes[node.inputs[0].index] else { return }
        var tail = index
        switch node.layer {
        case .convolution(let convolution):
            let normalization = try absorbNormalization(&tail, source: source)
            let folded = try FoldedConvolution(
                convolution,
                name: node.name,
                normalization: normalization,
                source: source
            )
            let residual = absorbAddition(&tail)
            let activation = absorbActivation(&tail)
            guard let geometry = convolution.window.geometry(over: input) else { return }
            let canPool = target.pools(
                after: convolution,
                over: geometry,
                readsImage: numberOfValue[node.inputs[0].index] == 0,
                hasResidual: residual != nil
            )
            let pools = canPool && absorbPool(&tail)
            emit(
                node.name,
                .convolution(folded, geometry, activation, pools: pools),
                inputs: [node.inputs[0]] + (residual.map { [$0] } ?? []),
                tail: tail
            )
        case .fullyConnected(let layer):
            let parameters = node.layer.parameters(name: node.name)
            let weights = try source.checkedValues(of: parameters[0])
            let bias = try source.checkedValues(of: parameters[1])
            let activation = absorbActivation(&tail)
            emit(
                node.name,
                .fullyConnected(layer, weights: weights, bias: bias, activation),
                inputs: node.inputs,
                tail: tail
            )
        case .batchNormalization(let normalization):
            let factors = try NormalizationFactors(normalization, name: node.name, source: source)
            emit(node.name, .affine(factors, absorbActivation(&tail)), inputs: node.inputs, tail: tail)
        case .add:
            emit(node.name, .add(absorbActivation(&tail)), inputs: node.inputs, tail: tail)
        case .activation(let activation):
            emit(node.name, .activation(activation), inputs: node.inputs, tail: tail)
        case .maxPooling(let window):
            guard let geometry = window.geometry(over: input) else { return }
            emit(node.name, .maxPooling(geometry), inputs: node.inputs, tail: tail)
        case .globalAveragePooling:
            emit(node.name, .averagePooling, inputs: node.inputs, tail: tail)
        }
    }

    // MARK: Fusing. Each looks at the only consumer of `tail`'s output and moves `tail` on when it takes it in.

    private func onlyConsumer(of node: Int) -> Int? {
        let consumers = consumers[node + 1]
        return consumers.count == 1 && consumers[0] < network.nodes.count ? consumers[0] : nil
    }

    private mutating func absorbNormalization(
        _ tail: inout Int,
        source: some ParameterSource
    ) throws -> NormalizationFactors? {
        guard let next = onlyConsumer(of: tail), case .batchNormalization(let layer) = network.nodes[next].layer
        else { return nil }
        isFused[next] = true
        tail = next
        return try NormalizationFactors(layer, name: network.nodes[next].name, source: source)
    }

    /// The other summand, if it is there already.
    private mutating func absorbAddition(_ tail: inout Int) -> Network.Value? {
        guard let next = onlyConsumer(of: tail), network.nodes[next].layer == .add,
            let other = network.nodes[next].inputs.first(where: { $0.index != tail + 1 }),
            numberOfValue[other.index] != nil
        else { return nil }
        isFused[next] = true
        tail = next
        return other
    }

    private mutating func absorbActivation(_ tail: inout Int) -> Activation? {
        guard let next = onlyConsumer(of: tail), case .activation(let activation) = network.nodes[next].layer
        else { return nil }
        isFused[next] = true
        tail = next
        return activation
    }

    /// Whether the only consumer is the maximum of each 2x2 pixels.
    private mutating func absorbPool(_ tail: inout Int) -> Bool {
        guard let next = onlyConsumer(of: tail),
            case .maxPooling(SlidingWindow(2, stride: 2)) = network.nodes[next].layer
        else { return false }
        isFused[next] = true
        tail = next
        return true
    }

    private mutating func emit(_ name: String, _ layer: FusedLayer, inputs: [Network.Value], tail: Int) {
        guard let input = shapes[inputs[0].index], let shape = shapes[tail + 1] else { return }
        let numbers = inputs.compactMap { numberOfValue[$0.index] }
        let computation = target.lower(layer, input: input, readsImage: numbers[0] == 0, hasSecond: inputs.count > 1)
        append(name, computation, inputs: numbers, value: tail + 1, shape: shape)
    }

    private mutating func append(
        _ name: String,
        _ computation: Target.Computation,
        inputs: [Int],
        value: Int,
        shape: FeatureMapShape
    ) {
        steps.append(CompiledStep(name: name, computation: computation, inputs: inputs, output: counts.count))
        numberOfValue[value] = counts.count
        counts.append(target.floats(for: shape))
    }
}
