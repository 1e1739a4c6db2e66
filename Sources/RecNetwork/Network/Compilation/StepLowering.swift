/// Decides for each value whether it is floats or bytes, and makes the blueprints of the steps with the conversions
/// between the two.
///
/// A convolution in bytes reads bytes, and writes bytes when some step reads them as such. A value of bytes that other
/// steps need in floats is converted once, as is one of floats that a convolution needs in bytes.
struct StepLowering {
    private let lowering: Lowering
    private let steps: [FusedStep]
    /// The bytes of each value, where its range is known.
    private var quantizations: [Int: ByteQuantization] = [:]
    /// The values that are needed in bytes, and those in floats.
    private var needsBytes: Set<Int> = []
    private var needsFloats: Set<Int>
    /// The number of the bytes of a value.
    private var bytesNumber: [Int: Int] = [:]

    /// The steps in order.
    private(set) var blueprints: [StepBlueprint] = []
    /// Floats of the values.
    private(set) var counts: [Int]

    /// Lowers steps.
    ///
    /// - Parameters:
    ///   - steps: The steps in order.
    ///   - counts: Floats of the values that they read and write.
    ///   - outputNumber: The value of the features, which are floats.
    ///   - lowering: How layers get kernels.
    init(_ steps: [FusedStep], counts: [Int], outputNumber: Int, lowering: Lowering) {
        self.lowering = lowering
        self.steps = steps
        self.counts = counts
        needsFloats = [outputNumber]
        for step in steps {
            quantizations[step.output] = lowering.ranges?.ranges[step.key].map { ByteQuantization($0) }
        }
        for step in steps {
            if isQuantized(step) {
                needsBytes.formUnion(step.inputs)
            } else {
                needsFloats.formUnion(step.inputs)
            }
        }
        for step in steps { lower(step) }
    }

    private func isQuantized(_ step: FusedStep) -> Bool {
        guard let fused = step.fused, let ranges = lowering.ranges, !ranges.floatLayers.contains(step.key) else {
            return false
        }
        return lowering.quantizes(fused, over: step.inputShapes[0])
            && step.inputs.allSatisfy { quantizations[$0] != nil }
    }

    private mutating func lower(_ step: FusedStep) {
        let lowering = lowering
        guard isQuantized(step), let fused = step.fused else {
            append(step.name, inputs: step.inputs, output: step.output) {
                guard var fused = step.fused else { return PlanesToBlocksKernel(step.shape.blocked) }
                fused.parameters = try step.parameters()
                return lowering.kernel(fused, inputs: step.inputShapes, readsImage: step.inputs[0] == 0)
            }
            if needsBytes.contains(step.output) { quantize(step) }
            return
        }
        let givesBytes = needsBytes.contains(step.output) && KernelActivation(fused.activation).isLimits
        let input = quantizations[step.inputs[0]]
        let residual = fused.hasResidual ? quantizations[step.inputs[1]] : nil
        let output = givesBytes ? quantizations[step.output] : nil
        let number = output == nil ? step.output : newBytes(of: step)
        append(step.name, inputs: step.inputs.map { bytesNumber[$0] ?? $0 }, output: number) {
            var fused = fused
            fused.parameters = try step.parameters()
            return lowering.quantizedKernel(
                fused,
                over: step.inputShapes[0],
                input: input ?? ByteQuantization(ActivationRange(low: 0, high: 0)),
                residual: residual,
                output: output
            )
        }
        if output == nil && needsBytes.contains(step.output) { quantize(step) }
        if let output, needsFloats.contains(step.output) {
            append("\(step.name) in floats", inputs: [number], output: step.output) {
                DequantizeKernel(shape: step.shape.blocked, quantization: output)
            }
        }
    }

    /// Converts the floats that a step wrote.
    private mutating func quantize(_ step: FusedStep) {
        guard let quantization = quantizations[step.output] else { return }
        let level = lowering.settings.level
        append("\(step.name) in bytes", inputs: [step.output], output: newBytes(of: step)) {
            QuantizeKernel(shape: step.shape.blocked, quantization: quantization, level: level)
        }
    }

    private mutating func newBytes(of step: FusedStep) -> Int {
        let number = counts.count
        counts.append(ByteMap.count(step.shape.blocked))
        bytesNumber[step.output] = number
        return number
    }

    private mutating func append(
        _ name: String,
        inputs: [Int],
        output: Int,
        kernel: @escaping @Sendable () throws -> any BlockedKernel
    ) {
        blueprints.append(StepBlueprint(name: name, inputs: inputs, output: output, kernel: kernel))
    }
}
