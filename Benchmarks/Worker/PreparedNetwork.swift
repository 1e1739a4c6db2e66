import RecImage
import RecNetwork

/// A network with its weights and a batch of images to run it on.
struct PreparedNetwork {
    private let model: BackboneModel
    private let workspace: Workspace
    private let images: [Float]
    private let batch: Int

    /// How long it took to open the weights and to compile the network.
    let openingTime: Duration

    /// Opens the weights and compiles the network; the images are read, and the ranges of `int8` are found, outside of the
    /// measured time.
    init(_ command: Command) throws {
        let weights = try command.required(command.weights, "weights")
        let backbone = try command.required(command.backbone, "backbone")
        let layer = FeatureLayer(rawValue: try command.required(command.layer, "layer"))
        batch = try command.positive(command.batch, "batch")
        let execution = try Execution(
            batch: batch,
            threads: command.positive(command.threads, "threads"),
            arithmetic: command.arithmetic
        )
        let all = try FloatFile.read(command.required(command.input, "input"))
        var ranges: ActivationRanges?
        if execution.arithmetic == .int8 {
            ranges = try Execution.ranges(
                backbone,
                layer: layer,
                weights: WeightFile(path: weights),
                images: FloatFile.read(command.required(command.calibration, "calibration"))
            )
        }
        let start = ContinuousClock.now
        model = try execution.model(backbone, layer: layer, weights: WeightFile(path: weights), ranges: ranges)
        workspace = Workspace(for: model.plan)
        openingTime = ContinuousClock.now - start
        let size = batch * model.plan.input.count
        guard all.count >= size else { throw BenchError("the input has fewer than \(batch) images") }
        images = Array(all.prefix(size))
    }

    /// Bytes of the weights in memory.
    var parameterBytes: Int { model.plan.parameterBytes }

    /// Bytes of the memory that one run works in.
    var workspaceBytes: Int { model.plan.workspaceBytes }

    /// The features of the batch, row-major.
    func features() throws -> [Float] {
        try model.features(of: images.span, count: batch, workspace: workspace)
    }

    /// Runs the network `count` times.
    func run(count: Int) throws -> Duration {
        let start = ContinuousClock.now
        for _ in 0..<count {
            guard try !features().isEmpty else { throw BenchError("the network gave no features") }
        }
        return ContinuousClock.now - start
    }
}
