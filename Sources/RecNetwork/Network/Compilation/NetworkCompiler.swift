internal import RecCompute

/// Turns a network into steps: drops layers that the tapped layer does not need, folds batch normalisations into
/// convolutions, and fuses residual sums, activations and small pools into the layer before them.
struct NetworkCompiler {
    private let network: Network
    private let lowering: Lowering
    private let isNeeded: [Bool]
    private let shapes: [FeatureMapShape?]
    private let tap: Network.Value
    /// The nodes that take each value; the tap counts as one, so that the tapped value is never fused.
    private let consumers: [[Int]]

    /// The number of each value that some step has written; the image is number 0.
    private var numberOfValue: [Int: Int] = [0: 0]
    private var isFused: [Bool]

    /// A name for each layer that no other has.
    private let keys: [String]
    private var fusedSteps: [FusedStep] = []

    /// The key of each step; that of the value for a conversion.
    func keys(ofSteps steps: [CompiledStep]) -> [String] {
        let keyOfOutput = Dictionary(uniqueKeysWithValues: fusedSteps.map { ($0.output, $0.key) })
        return steps.map { keyOfOutput[$0.output] ?? $0.name }
    }

    /// The steps in order.
    private(set) var steps: [CompiledStep] = []
    /// Floats of the values that steps read and write; the first is the planar image.
    private(set) var counts: [Int]
    /// The shape of the tapped value.
    let output: FeatureMapShape

    /// Compiles the part of a network that the features of a layer depend on.
    ///
    /// - Throws: `RecError` with code `unknownLayer`, `invalidSetting`, `misshapedTensor` or `corruptWeights`, and the
    ///   errors of the source; that of the first step that has one.
    init(
        _ network: Network,
        layer: FeatureLayer,
        height: Int,
        width: Int,
        source: some ParameterSource,
        lowering: Lowering
    ) throws {
        self.network = network
        self.lowering = lowering
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
        keys = network.uniqueNames
        counts = [image.count]

        if tap.index == 0 || lowering.convertsImage(for: readers) {
            append("image", key: "image", fused: nil, inputs: [0], inputShapes: [image], value: 0, shape: image) { [:] }
        }
        for index in network.nodes.indices where isNeeded[index] && !isFused[index] {
            compile(index, source: source)
        }
        let lowered = StepLowering(fusedSteps, counts: counts, outputNumber: outputNumber, lowering: lowering)
        counts = lowered.counts
        steps = try StepBlueprint.build(lowered.blueprints, threads: ThreadTeam.processorCount)
    }

    /// The number of the tapped value.
    var outputNumber: Int { numberOfValue[tap.index] ?? 0 }

    private mutating func compile(_ index: Int, source: some ParameterSource) {
        let node = network.nodes[index]
        if case .reshape = node.layer {
            numberOfValue[index + 1] = numberOfValue[node.inputs[0].index]
            return
        }
        var tail = index
        var inputs = node.inputs
        var fused = FusedLayer(layer: node.layer)
        let parameters: @Sendable () throws -> [Parameter.Role: [Float]]
        switch node.layer {
        case .convolution(let convolution):
            let normalizations = absorbNormalizations(&tail)
            parameters = {
                let folded = try FoldedConvolution(
                    convolution,
                    name: node.name,
                    normalization: try NormalizationFactors(normalizations, source: source),
                    source: source
                )
                return [.weight: folded.weights, .bias: folded.bias]
            }
            if let residual = absorbAddition(&tail) {
                inputs.append(residual)
                fused.hasResidual = true
            }
            fused.activation = absorbActivation(&tail)
            fused.pools = absorbPool(&tail, after: fused, from: inputs[0])
        case .batchNormalization(let normalization):
            parameters = {
                let factors = try NormalizationFactors(normalization, name: node.name, source: source)
                return [.scale: factors.scale.map { Float($0) }, .shift: factors.shift.map { Float($0) }]
            }
            fused.activation = absorbActivation(&tail)
        default:
            parameters = {
                var values: [Parameter.Role: [Float]] = [:]
                for parameter in node.layer.parameters(name: node.name) {
                    values[parameter.role] = try source.checkedValues(of: parameter)
                }
                return values
            }
            if node.layer.takesActivation { fused.activation = absorbActivation(&tail) }
        }
        emit(index, fused, parameters, inputs: inputs, tail: tail)
    }

    // MARK: Fusing. Each looks at the only consumer of `tail`'s output and moves `tail` on when it takes it in.

    private func onlyConsumer(of node: Int) -> Int? {
        let consumers = consumers[node + 1]
        return consumers.count == 1 && consumers[0] < network.nodes.count ? consumers[0] : nil
    }

    /// All normalisations that follow one another.
    private mutating func absorbNormalizations(_ tail: inout Int) -> [(name: String, layer: BatchNormalization)] {
        var result: [(name: String, layer: BatchNormalization)] = []
        while let next = onlyConsumer(of: tail), case .batchNormalization(let layer) = network.nodes[next].layer {
            isFused[next] = true
            tail = next
            result.append((network.nodes[next].name, layer))
        }
        return result
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

    /// Whether the only consumer is the maximum of each 2x2 pixels, and the convolution's kernel can take it.
    private mutating func absorbPool(_ tail: inout Int, after fused: FusedLayer, from value: Network.Value) -> Bool {
        guard let next = onlyConsumer(of: tail),
            case .maxPooling(SlidingWindow(2, stride: 2)) = network.nodes[next].layer,
            let input = shapes[value.index],
            lowering.pools(after: fused, over: input, readsImage: numberOfValue[value.index] == 0)
        else { return false }
        isFused[next] = true
        tail = next
        return true
    }

    private mutating func emit(
        _ head: Int,
        _ fused: FusedLayer,
        _ parameters: @escaping @Sendable () throws -> [Parameter.Role: [Float]],
        inputs: [Network.Value],
        tail: Int
    ) {
        let inputShapes = inputs.compactMap { shapes[$0.index] }
        guard inputShapes.count == inputs.count, let shape = shapes[tail + 1] else { return }
        append(
            network.nodes[head].name,
            key: keys[head],
            fused: fused,
            inputs: inputs.compactMap { numberOfValue[$0.index] },
            inputShapes: inputShapes,
            value: tail + 1,
            shape: shape,
            parameters: parameters
        )
    }

    private mutating func append(
        _ name: String,
        key: String,
        fused: FusedLayer?,
        inputs: [Int],
        inputShapes: [FeatureMapShape],
        value: Int,
        shape: FeatureMapShape,
        parameters: @escaping @Sendable () throws -> [Parameter.Role: [Float]]
    ) {
        fusedSteps.append(
            FusedStep(
                name: name,
                key: key,
                fused: fused,
                parameters: parameters,
                inputs: inputs,
                inputShapes: inputShapes,
                output: counts.count,
                shape: shape
            )
        )
        numberOfValue[value] = counts.count
        counts.append(shape.blocked.count)
    }
}

extension Network {
    /// The names of the layers, with a number where an earlier layer has the same.
    fileprivate var uniqueNames: [String] {
        var uses: [String: Int] = [:]
        return nodes.map { node in
            let use = uses[node.name, default: 0] + 1
            uses[node.name] = use
            return use == 1 ? node.name : "\(node.name)#\(use)"
        }
    }
}
