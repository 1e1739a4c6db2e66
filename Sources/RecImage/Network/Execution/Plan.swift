internal import RecPlatform

/// A network compiled for one image size and one layer to take features from: parameters folded, steps chosen, memory
/// planned.
///
/// A plan never changes and may be run by any number of tasks at the same time, each with its own ``Workspace``. Every
/// image is computed on its own, so its result is the same bytes in every batch and on every thread (given
/// ``BLAS/setThreadCount(_:)`` of 1).
public struct Plan: Sendable {
    /// The shape of one image.
    public let input: FeatureMapShape
    /// The shape of the features of one image.
    public let output: FeatureMapShape
    /// The order of the values in batches of images and of features.
    public let layout = TensorLayout.nchw

    private let steps: [Step]
    private let outputBuffer: Int
    /// Where each value lies while the plan runs.
    package let memory: MemoryPlan

    /// Compiles a network for images of one size.
    ///
    /// - Parameters:
    ///   - network: The network.
    ///   - layer: The layer to take features from; what it does not depend on is left out.
    ///   - height: Rows of the images.
    ///   - width: Columns of the images.
    ///   - source: Where the parameters come from; only those that are needed are asked for.
    /// - Throws: ``RecImageError`` with code `unknownLayer`, `invalidSetting` (the network cannot take images of that
    ///   size), `misshapedTensor` or `corruptWeights`, and what the source throws.
    public init(
        _ network: Network,
        layer: FeatureLayer,
        height: Int,
        width: Int,
        parameters source: some ParameterSource
    ) throws {
        try self.init(network, layer: layer, height: height, width: width, parameters: source, preferring: nil)
    }

    /// Compiles a network, computing each convolution by the preferred algorithm where that is possible.
    package init(
        _ network: Network,
        layer: FeatureLayer,
        height: Int,
        width: Int,
        parameters source: some ParameterSource,
        preferring preferred: ConvolutionAlgorithm?
    ) throws {
        guard (1...Self.largestSide).contains(height), (1...Self.largestSide).contains(width) else {
            throw RecImageError(
                .invalidSetting,
                "The image size is \(height)x\(width); each side must be from 1 to \(Self.largestSide)."
            )
        }
        let compiler = try NetworkCompiler(
            network,
            layer: layer,
            height: height,
            width: width,
            source: source,
            algorithm: { convolution in
                if let preferred, preferred.supports(convolution) { return preferred }
                return ConvolutionAlgorithm.fastest(for: convolution)
            }
        )
        input = FeatureMapShape(channels: network.channels, height: height, width: width)
        output = compiler.output
        steps = compiler.steps
        outputBuffer = compiler.outputBuffer
        memory = MemoryPlan(compiler.buffers, alignment: FloatArena.alignment)
    }

    /// The longest side of an image that a plan can be made for.
    public static let largestSide = 4096

    /// Bytes that the values between layers take, for one image.
    public var activationBytesPerImage: Int { memory.count * MemoryLayout<Float>.stride }

    /// Bytes of a ``Workspace``: the values between layers and what single layers need besides.
    public var workspaceBytes: Int { (scratchStart + scratchCount) * MemoryLayout<Float>.stride }

    /// Bytes of the parameters.
    public var parameterBytes: Int {
        steps.reduce(0) { $0 + $1.operation.parameterCount } * MemoryLayout<Float>.stride
    }

    /// Multiplications that are followed by an addition, for one image.
    public var multiplyAddsPerImage: Int { steps.reduce(0) { $0 + $1.operation.multiplyAdds } }

    /// The names of the layers that are computed; those that were folded or fused into another are absent.
    public var stepNames: [String] { steps.map(\.name) }

    /// Computes the features of a batch of images.
    ///
    /// - Parameters:
    ///   - pixels: `count` images, NCHW.
    ///   - count: The number of images.
    ///   - workspace: The memory to work in, made for this plan.
    /// - Returns: `count` x ``output``, NCHW.
    /// - Complexity: ``multiplyAddsPerImage`` an image.
    /// - Precondition: `pixels` has `count` times the values of ``input``; the workspace is large enough.
    public func run(_ pixels: Span<Float>, count: Int, workspace: Workspace) -> [Float] {
        precondition(count >= 0 && pixels.count == count * input.count, "pixels of \(count) images")
        var result: [Float] = []
        result.reserveCapacity(count * output.count)
        for image in 0..<count {
            withFeatures(of: pixels.extracting(image * input.count..<(image + 1) * input.count), workspace) {
                features in
                for index in features.indices { result.append(features[index]) }
            }
        }
        return result
    }

    /// Computes the features of one image and lends them.
    func withFeatures(of pixels: Span<Float>, _ workspace: Workspace, _ body: (Span<Float>) -> Void) {
        let arena = workspace.arena
        precondition(arena.count >= scratchStart + scratchCount, "a workspace of another plan")
        arena.write(memory.range(0)) { $0.copy(from: pixels) }
        for step in steps {
            let none = 0..<0
            let scratch = scratchStart..<scratchStart + step.operation.scratchCount
            arena.with(
                reading: memory.range(step.inputs[0]),
                step.inputs.count > 1 ? memory.range(step.inputs[1]) : none,
                writing: memory.range(step.output),
                scratch
            ) { input, second, output, scratch in
                step.operation.run(input, second, into: &output, scratch: &scratch)
            }
        }
        arena.read(memory.range(outputBuffer), body)
    }

    private var scratchStart: Int {
        (memory.count + FloatArena.alignment - 1) / FloatArena.alignment * FloatArena.alignment
    }

    private var scratchCount: Int { steps.map(\.operation.scratchCount).max() ?? 0 }
}
