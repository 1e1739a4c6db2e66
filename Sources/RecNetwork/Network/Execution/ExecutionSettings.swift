/// What a network is compiled for: how many images a run computes, on how many threads, with which instructions.
///
/// Features differ between settings by rounding only: their cosine to PyTorch's stays above 0.99999 with all of them.
/// With one plan, an image's features are the same bits in every batch and on every thread.
public struct ExecutionSettings: Sendable, Hashable {
    /// How convolutions may be computed.
    public enum Arithmetic: String, Sendable, Hashable, CaseIterable {
        /// By what is fastest; Winograd's algorithms among them, whose rounding errors are up to some 50 times larger.
        case fastest
        /// By their definition: sums of products, each rounded once.
        case exact
    }

    /// The number of images that a run computes together; it may be given fewer.
    public var batch: Int

    /// The number of threads that share the work of a run.
    public var threads: Int

    /// The instructions.
    public var instructionSet: InstructionSet

    /// How convolutions may be computed.
    public var arithmetic: Arithmetic

    /// Creates settings.
    public init(
        batch: Int = 8,
        threads: Int = 1,
        instructionSet: InstructionSet = .best,
        arithmetic: Arithmetic = .fastest
    ) {
        self.batch = batch
        self.threads = threads
        self.instructionSet = instructionSet
        self.arithmetic = arithmetic
    }

    /// For many images: one run of eight at a time on a thread, a run on each processor.
    public static let throughput = ExecutionSettings()

    /// For one image as soon as possible, on as many threads as the host spares.
    ///
    /// The threads of a run wait for each other in loops, so all runs at one time should have no more of them than the
    /// machine has cores.
    public static func latency(threads: Int) -> ExecutionSettings {
        ExecutionSettings(batch: 1, threads: threads)
    }
}
