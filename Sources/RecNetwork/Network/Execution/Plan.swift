package import RecCompute

/// A network compiled for one image size, one layer to take features from, and the way it will be run: parameters
/// folded and packed, an algorithm chosen for every convolution, memory planned.
///
/// A plan never changes and may be run by any number of tasks at the same time, each with its own ``Workspace``. An
/// image's features do not depend on the images it shares a run with, nor on the thread: they are the same bits.
public struct Plan: Sendable {
    /// The shape of one image.
    public let input: FeatureMapShape
    /// The shape of the features of one image.
    public let output: FeatureMapShape
    /// The order of the values in batches of images and of features.
    public let layout = TensorLayout.nchw
    /// What it was compiled for.
    ///
    /// The instruction set is `portable` when the network has layers that only the portable path computes: grouped
    /// convolutions that are not depthwise. That path computes each image on one thread.
    public let settings: ExecutionSettings

    private enum Program {
        case planar(PlanarProgram)
        case blocked(KernelProgram)
    }

    private let program: Program
    /// The names of the layers that are computed; those that were folded or fused into another are absent.
    public let stepNames: [String]
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
    ///   - settings: How it will be run.
    /// - Throws: ``RecNetworkError`` with code `unknownLayer`, `invalidSetting` (the network cannot take images of that
    ///   size, or the processor lacks the instructions), `misshapedTensor` or `corruptWeights`, and what the source
    ///   throws.
    public init(
        _ network: Network,
        layer: FeatureLayer,
        height: Int,
        width: Int,
        parameters source: some ParameterSource,
        settings: ExecutionSettings = .throughput
    ) throws {
        try self.init(
            network,
            layer: layer,
            height: height,
            width: width,
            parameters: source,
            settings: settings,
            preferring: nil
        )
    }

    /// Compiles a network, computing each convolution by the preferred algorithm where that is possible, and on blocks
    /// of planes with the kernels of any instruction set.
    package init(
        _ network: Network,
        layer: FeatureLayer,
        height: Int,
        width: Int,
        parameters source: some ParameterSource,
        settings: ExecutionSettings = .throughput,
        preferring preferred: ConvolutionAlgorithm?,
        blockedVariant: KernelVariant? = nil
    ) throws {
        guard (1...Self.largestSide).contains(height), (1...Self.largestSide).contains(width) else {
            throw RecNetworkError(
                .invalidSetting,
                "The image size is \(height)x\(width); each side must be from 1 to \(Self.largestSide)."
            )
        }
        try settings.check()
        let needed = network.needed(for: try network.value(at: layer))
        let layers = zip(network.nodes, needed).filter(\.1).map(\.0.layer)
        let variant = blockedVariant ?? settings.instructionSet.kernels
        func compile<Target: Lowering>(_ target: Target) throws -> NetworkCompiler<Target> {
            try NetworkCompiler(network, layer: layer, height: height, width: width, source: source, target: target)
        }
        input = FeatureMapShape(channels: network.channels, height: height, width: width)
        var settings = settings
        if let variant, BlockedLowering.supports(layers) {
            let target = BlockedLowering(settings: settings, variant: variant, preferred: preferred)
            let compiler = try compile(target)
            let assembly = BlockedAssembly(compiler, settings: settings)
            program = .blocked(assembly.program)
            memory = assembly.memory
            (output, stepNames) = (compiler.output, compiler.steps.map(\.name))
        } else {
            let compiler = try compile(PlanarLowering(preferred: preferred))
            let planar = PlanarProgram(compiler)
            program = .planar(planar)
            memory = planar.memory
            (output, stepNames) = (compiler.output, compiler.steps.map(\.name))
            settings.instructionSet = .portable
            settings.threads = 1
        }
        self.settings = settings
    }

    /// The longest side of an image that a plan can be made for.
    public static let largestSide = 4096

    /// Bytes that the values between layers take in a run of ``ExecutionSettings/batch`` images, for each image.
    public var activationBytesPerImage: Int {
        switch program {
        case .planar(let program): program.memory.count * MemoryLayout<Float>.stride
        case .blocked(let program): program.mapCount * MemoryLayout<Float>.stride / settings.batch
        }
    }

    /// Bytes of a ``Workspace``: the values between layers and what single layers need besides.
    public var workspaceBytes: Int { arenaCount * MemoryLayout<Float>.stride }

    var arenaCount: Int {
        switch program {
        case .planar(let program): program.arenaCount
        case .blocked(let program): program.arenaCount
        }
    }

    /// Bytes of the parameters as they are kept.
    ///
    /// For Winograd's algorithms up to nine times those of the weights, with stride 2 twenty-five times.
    public var parameterBytes: Int {
        let count =
            switch program {
            case .planar(let program): program.operations.reduce(0) { $0 + $1.parameterCount }
            case .blocked(let program): program.kernels.reduce(0) { $0 + $1.parameterCount }
            }
        return count * MemoryLayout<Float>.stride
    }

    /// Multiplications that are followed by an addition, for one image, as the definition of the layers has them.
    public var multiplyAddsPerImage: Int { stepMultiplyAdds.reduce(0, +) }

    /// ``multiplyAddsPerImage`` of each step, in the order of ``stepNames``.
    public var stepMultiplyAdds: [Int] {
        switch program {
        case .planar(let program): program.operations.map(\.multiplyAdds)
        case .blocked(let program): program.kernels.map(\.multiplyAdds)
        }
    }

    /// How each step is computed, in the order of ``stepNames``: `direct`, `winograd4`, `depthwise` and so on.
    public var stepAlgorithms: [String] {
        switch program {
        case .planar(let program): program.operations.map(\.algorithmName)
        case .blocked(let program): program.kernels.map(\.algorithm)
        }
    }

    /// Computes the features of a batch of images.
    ///
    /// - Parameters:
    ///   - pixels: `count` images, NCHW.
    ///   - count: The number of images; more than ``ExecutionSettings/batch`` are computed in several runs.
    ///   - workspace: The memory to work in, made for this plan.
    /// - Returns: `count` x ``output``, NCHW.
    /// - Complexity: ``multiplyAddsPerImage`` an image.
    /// - Precondition: `pixels` has `count` times the values of ``input``; the workspace was made for this plan.
    public func run(_ pixels: Span<Float>, count: Int, workspace: Workspace) -> [Float] {
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
    /// - Returns: One duration for each of ``stepNames``, for all images together; empty for plans of the portable
    ///   path, whose steps are not measured.
    /// - Precondition: As ``run(_:count:workspace:)``; `count` is at most ``ExecutionSettings/batch``.
    public func stepDurations(_ pixels: Span<Float>, count: Int, workspace: Workspace) -> [Duration] {
        precondition(pixels.count == count * input.count, "pixels of \(count) images")
        guard case .blocked(let program) = program else { return [] }
        var durations = [Duration](repeating: .zero, count: stepNames.count)
        program.run(pixels, in: workspace.arena, team: workspace.team) { durations[$0] += $1 }
        return durations
    }

    /// Computes the features of all images and lends them one after the other, in planes.
    package func forEachImage(_ pixels: Span<Float>, _ workspace: Workspace, _ body: (Span<Float>) -> Void) {
        let count = pixels.count / input.count
        switch program {
        case .planar(let program):
            for image in 0..<count {
                let range = image * input.count..<(image + 1) * input.count
                program.withFeatures(of: pixels.extracting(range), in: workspace.arena, body)
            }
        case .blocked(let program):
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
}

extension ExecutionSettings {
    /// The most images and threads of a run.
    static let largestBatch = 1024
    static let mostThreads = 256

    fileprivate func check() throws(RecNetworkError) {
        guard (1...Self.largestBatch).contains(batch), (1...Self.mostThreads).contains(threads) else {
            throw RecNetworkError(
                .invalidSetting,
                "A run has \(batch) images and \(threads) threads; it must have from 1 to \(Self.largestBatch) images and "
                    + "from 1 to \(Self.mostThreads) threads."
            )
        }
        guard instructionSet.isAvailable else {
            throw RecNetworkError(
                .invalidSetting,
                "This processor cannot run '\(instructionSet)' instructions; use InstructionSet.best."
            )
        }
    }
}

extension InstructionSet {
    /// The kernels on blocks of planes, if there are any.
    fileprivate var kernels: KernelVariant? {
        switch self {
        case .portable: nil
        case .avx2: .avx2
        }
    }
}
