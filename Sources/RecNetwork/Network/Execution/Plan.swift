internal import RecCore

/// A network compiled for one image size, one feature layer and its execution settings: parameters are folded and
/// packed, every convolution has an algorithm, and memory is planned.
///
/// A plan never changes, and any number of tasks may run it at the same time, each with its own ``Workspace``. An
/// image's features are the same bits in any batch and on any thread.
package struct Plan: Sendable {
    /// The shape of one image.
    package let input: FeatureMapShape
    /// The shape of the features of one image.
    package let output: FeatureMapShape
    /// The settings that it was compiled for.
    package let settings: ExecutionSettings

    private let program: KernelProgram
    /// The names of the layers that are computed; those that were folded or fused into another are absent.
    package let stepNames: [String]
    /// A name for each step that no other has; of plans in floats.
    private let stepKeys: [String]
    /// The place of each value while the plan runs, in the passes of the first thread.
    package let memory: MemoryPlan

    /// Compiles a network for images of one size.
    ///
    /// - Parameters:
    ///   - network: The network.
    ///   - layer: The feature layer; layers that it does not depend on are left out.
    ///   - height: Rows of the images.
    ///   - width: Columns of the images.
    ///   - source: The source of the parameters; only needed ones are read.
    ///   - settings: The execution settings.
    ///   - ranges: The ranges of the maps, which arithmetic in bytes needs.
    /// - Throws: `RecError` with code `unknownLayer`, `invalidSetting` (the network cannot take images of that size, or
    ///   a setting is out of range), `misshapedTensor` or `corruptWeights`, and the errors of the source.
    package init(
        _ network: Network,
        layer: FeatureLayer,
        height: Int,
        width: Int,
        parameters source: some ParameterSource,
        settings: ExecutionSettings = .throughput,
        ranges: ActivationRanges? = nil
    ) throws {
        try self.init(
            network,
            layer: layer,
            height: height,
            width: width,
            parameters: source,
            settings: settings,
            ranges: ranges,
            preferring: nil
        )
    }

    /// Compiles a network, computing each convolution by the preferred algorithm where that is possible.
    package init(
        _ network: Network,
        layer: FeatureLayer,
        height: Int,
        width: Int,
        parameters source: some ParameterSource,
        settings: ExecutionSettings = .throughput,
        ranges: ActivationRanges? = nil,
        preferring preferred: ConvolutionAlgorithm?
    ) throws {
        guard (1...Self.largestSide).contains(height), (1...Self.largestSide).contains(width) else {
            throw RecError(
                .invalidSetting,
                "The image size is \(height)x\(width); each side must be from 1 to \(Self.largestSide)."
            )
        }
        try settings.check(hasRanges: ranges != nil)
        let compiler = try NetworkCompiler(
            network,
            layer: layer,
            height: height,
            width: width,
            source: source,
            lowering: Lowering(settings: settings, preferred: preferred, ranges: ranges)
        )
        let assembly = ProgramAssembly(compiler, settings: settings)
        self.settings = settings
        input = FeatureMapShape(channels: network.channels, height: height, width: width)
        output = compiler.output
        program = assembly.program
        memory = assembly.memory
        stepNames = compiler.steps.map(\.name)
        stepKeys = compiler.keys(ofSteps: compiler.steps)
    }

    /// The longest side of an image that a plan can be made for.
    package static let largestSide = 4096

    /// Bytes that the values between layers take in a run of `batch` images, for each image.
    package var activationBytesPerImage: Int { program.mapCount * MemoryLayout<Float>.stride / settings.batch }

    /// Bytes of a ``Workspace``: the values between layers and the scratch memory of single layers.
    package var workspaceBytes: Int { arenaCount * MemoryLayout<Float>.stride }

    var arenaCount: Int { program.arenaCount }

    /// Bytes of the packed parameters.
    ///
    /// Where Winograd's algorithm keeps transformed filters, up to nine times those of the weights, with stride 2
    /// twenty-five times.
    package var parameterBytes: Int {
        program.kernels.reduce(0) { $0 + $1.parameterCount } * MemoryLayout<Float>.stride
    }

    /// Multiplications that are followed by an addition, for one image, by the definition of the layers.
    package var multiplyAddsPerImage: Int { stepMultiplyAdds.reduce(0, +) }

    /// ``multiplyAddsPerImage`` of each step, in the order of ``stepNames``.
    package var stepMultiplyAdds: [Int] { program.kernels.map(\.multiplyAdds) }

    /// The algorithm of each step, in the order of ``stepNames``: `direct`, `winograd4`, `depthwise` and so on.
    package var stepAlgorithms: [String] { program.kernels.map(\.algorithm) }

    /// Computes the features of a batch of images.
    ///
    /// - Parameters:
    ///   - pixels: `count` images, NCHW.
    ///   - count: The number of images; more than `batch` are computed in several runs.
    ///   - workspace: The memory to work in, made for this plan.
    /// - Returns: `count` x ``output``, NCHW.
    /// - Complexity: ``multiplyAddsPerImage`` per image.
    /// - Precondition: `pixels` has `count` times the values of ``input``; the workspace was made for this plan.
    package func run(_ pixels: Span<Float>, count: Int, workspace: Workspace) -> [Float] {
        precondition(count >= 0 && pixels.count == count * input.count, "pixels of \(count) images")
        var result: [Float] = []
        result.reserveCapacity(count * output.count)
        forEachImage(pixels, workspace) { features in
            for index in features.indices { result.append(features[index]) }
        }
        return result
    }

    /// Computes the features of a batch of images and measures how long each step takes.
    ///
    /// - Returns: One duration for each of ``stepNames``, for all images together.
    /// - Precondition: As ``run(_:count:workspace:)``; `count` is at most `batch`.
    package func stepDurations(_ pixels: Span<Float>, count: Int, workspace: Workspace) -> [Duration] {
        precondition(pixels.count == count * input.count, "pixels of \(count) images")
        var durations = [Duration](repeating: .zero, count: stepNames.count)
        program.run(pixels, in: workspace.arena, team: workspace.team) { step, duration, _ in
            durations[step] += duration
        }
        return durations
    }

    /// Computes the features of images and passes on the floats that each step writes, with a name that no other step has.
    ///
    /// A step may be passed several times, with some of the images each time. Lanes without a channel are zeros.
    ///
    /// - Precondition: As ``run(_:count:workspace:)``; `count` is at most `batch`; the plan is one in floats.
    package func observe(
        _ pixels: Span<Float>,
        count: Int,
        workspace: Workspace,
        _ body: (_ key: String, _ values: Span<Float>) -> Void
    ) {
        precondition(pixels.count == count * input.count, "pixels of \(count) images")
        withoutActuallyEscaping(body) { body in
            program.run(pixels, in: workspace.arena, team: workspace.team) { step, _, output in
                workspace.arena.read(output) { body(stepKeys[step], $0) }
            }
        }
    }

    /// Computes the features of all images and passes them to a closure one after the other, as CHW.
    package func forEachImage(_ pixels: Span<Float>, _ workspace: Workspace, _ body: (Span<Float>) -> Void) {
        let count = pixels.count / input.count
        var planes = [Float](repeating: 0, count: output.count)
        for first in stride(from: 0, to: count, by: settings.batch) {
            let images = min(settings.batch, count - first)
            let range = first * input.count..<(first + images) * input.count
            program.run(pixels.extracting(range), in: workspace.arena, team: workspace.team)
            for image in 0..<images {
                var target = planes.mutableSpan
                program.copyFeatures(ofImage: image, from: workspace.arena, into: &target)
                body(planes.span)
            }
        }
    }
}

extension ExecutionSettings {
    /// The most images and threads of a run.
    static let largestBatch = 1024
    static let mostThreads = 256

    fileprivate func check(hasRanges: Bool) throws(RecError) {
        guard (1...Self.largestBatch).contains(batch), (1...Self.mostThreads).contains(threads) else {
            throw RecError(
                .invalidSetting,
                "A run has \(batch) images and \(threads) threads; it must have from 1 to \(Self.largestBatch) images and "
                    + "from 1 to \(Self.mostThreads) threads."
            )
        }
        guard arithmetic != .int8 || hasRanges else {
            throw RecError(
                .invalidSetting,
                "Arithmetic in bytes needs the ranges of the network's maps; find them with 'rec-demo calibrate'."
            )
        }
        guard arithmetic != .bfloat16 || BFloat16ConvolutionKernel.runs(at: level) else {
            throw RecError(.invalidSetting, "This processor has no products of bfloat16; use other arithmetic.")
        }
    }
}
