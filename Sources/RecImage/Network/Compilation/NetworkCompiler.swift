internal import RecPlatform

/// Turns a network into steps: drops what the tapped layer does not need, folds batch normalisations into convolutions,
/// and fuses residual sums and activations into the layer before them.
struct NetworkCompiler {
    private let network: Network
    private let isNeeded: [Bool]
    private let shapes: [FeatureMapShape?]
    private let target: Network.Value
    /// The nodes that take each value; the tap counts as one, so that nothing swallows the tapped value.
    private let consumers: [[Int]]

    /// The buffer of each value that some step has written.
    private var bufferOfValue: [Int: Int] = [0: 0]
    private var isFused: [Bool]

    /// The steps in order.
    private(set) var steps: [Step] = []
    /// The buffers that they read and write; the first is the image.
    private(set) var buffers: [MemoryPlan.Buffer]
    /// The shape of the tapped value.
    let output: FeatureMapShape

    /// Compiles the part of a network that the features of a layer depend on.
    ///
    /// - Throws: ``RecImageError`` with code `unknownLayer`, `invalidSetting`, `misshapedTensor` or `corruptWeights`, and
    ///   what the source throws.
    init(
        _ network: Network,
        layer: FeatureLayer,
        height: Int,
        width: Int,
        source: some ParameterSource,
        algorithm: (Convolution) -> ConvolutionAlgorithm
    ) throws {
        self.network = network
        target = try network.value(at: layer)
        isNeeded = network.needed(for: target)
        shapes = try network.shapes(height: height, width: width, isNeeded: isNeeded)
        output = shapes[target.index] ?? FeatureMapShape(channels: network.channels, height: height, width: width)
        var consumers = [[Int]](repeating: [], count: network.nodes.count + 1)
        for index in network.nodes.indices where isNeeded[index] {
            for input in network.nodes[index].inputs { consumers[input.index].append(index) }
        }
        consumers[target.index].append(network.nodes.count)
        self.consumers = consumers
        isFused = [Bool](repeating: false, count: network.nodes.count)
        buffers = [MemoryPlan.Buffer(count: network.channels * height * width, firstStep: 0, lastStep: 0)]

        for index in network.nodes.indices where isNeeded[index] && !isFused[index] {
            try compile(index, source: source, algorithm: algorithm)
        }
        if let last = bufferOfValue[target.index] { buffers[last].lastStep = steps.count }
    }

    /// The buffer of the tapped value.
    var outputBuffer: Int { bufferOfValue[target.index] ?? 0 }

    private mutating func compile(
        _ index: Int,
        source: some ParameterSource,
        algorithm: (Convolution) -> ConvolutionAlgorithm
    ) throws {
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
            let operation = ConvolutionOperation(
                folded,
                geometry: geometry,
                activation: activation,
                algorithm: algorithm(convolution)
            )
            emit(node.name, operation, inputs: [node.inputs[0]] + (residual.map { [$0] } ?? []), tail: tail)
        case .fullyConnected(let layer):
            let parameters = node.layer.parameters(name: node.name)
            let operation = FullyConnectedOperation(
                layer: layer,
                weights: try source.checkedValues(of: parameters[0]),
                bias: try source.checkedValues(of: parameters[1]),
                activation: absorbActivation(&tail)
            )
            emit(node.name, operation, inputs: node.inputs, tail: tail)
        case .batchNormalization(let normalization):
            let factors = try NormalizationFactors(normalization, name: node.name, source: source)
            let operation = AffineOperation(factors, activation: absorbActivation(&tail))
            emit(node.name, operation, inputs: node.inputs, tail: tail)
        case .add:
            emit(node.name, AddOperation(activation: absorbActivation(&tail)), inputs: node.inputs, tail: tail)
        case .activation(let activation):
            emit(node.name, ActivationOperation(activation: activation), inputs: node.inputs, tail: tail)
        case .maxPooling(let window):
            guard let geometry = window.geometry(over: input) else { return }
            emit(node.name, MaxPoolingOperation(geometry: geometry), inputs: node.inputs, tail: tail)
        case .globalAveragePooling:
            emit(node.name, AveragePoolingOperation(shape: input), inputs: node.inputs, tail: tail)
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
            bufferOfValue[other.index] != nil
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

    private mutating func emit(_ name: String, _ operation: any Operation, inputs: [Network.Value], tail: Int) {
        guard let shape = shapes[tail + 1] else { return }
        let sources = inputs.compactMap { bufferOfValue[$0.index] }
        for source in sources { buffers[source].lastStep = steps.count }
        bufferOfValue[tail + 1] = buffers.count
        steps.append(Step(name: name, operation: operation, inputs: sources, output: buffers.count))
        let count = TensorLayout.nchw.floats(for: shape)
        buffers.append(MemoryPlan.Buffer(count: count, firstStep: steps.count - 1, lastStep: steps.count - 1))
    }
}
