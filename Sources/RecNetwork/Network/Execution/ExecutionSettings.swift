package import RecCompute

/// What a network is compiled for: how many images a run computes, on how many threads, by which arithmetic.
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

    /// What the kernels may ask of the processor.
    package var level = ProcessorLevel.best

    /// How convolutions may be computed.
    public var arithmetic: Arithmetic

    /// Creates settings.
    public init(batch: Int = 8, threads: Int = 1, arithmetic: Arithmetic = .fastest) {
        self.batch = batch
        self.threads = threads
        self.arithmetic = arithmetic
    }

    /// Creates settings with the kernels of a level.
    package init(batch: Int = 8, threads: Int = 1, arithmetic: Arithmetic = .fastest, level: ProcessorLevel) {
        self.init(batch: batch, threads: threads, arithmetic: arithmetic)
        self.level = level
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
