package import RecCompute

/// The settings for running a network: images per run, threads and arithmetic.
///
/// The defaults are for many images: runs of eight images on one thread each, one run per processor. For one image that
/// somebody waits for, take ``latency(threads:)``.
///
/// Features differ between settings by rounding only: their cosine to PyTorch's stays above 0.99999 with all of them.
/// With one plan, an image's features are the same bits in every batch and on every thread.
public struct ExecutionSettings: Sendable, Hashable {
    /// The arithmetic of convolutions.
    public enum Arithmetic: String, Sendable, Hashable, CaseIterable {
        /// The fastest algorithm; this includes Winograd's algorithms, whose rounding errors are up to about 50 times
        /// larger.
        case fastest
        /// The definition of a convolution: sums of products, each rounded once.
        case exact
        /// Convolutions with pixels and weights rounded to bfloat16 where that is fastest, in floats elsewhere. It needs a
        /// processor with AVX-512 and its products of bfloat16 (AMD since Zen 4, Intel since Cooper Lake).
        case bfloat16
        /// Convolutions and fully connected layers in bytes, exact in 32 bits, on any processor. It needs the ranges of the
        /// maps, which `rec-demo calibrate` finds and writes beside the weights.
        case int8
    }

    package var batch: Int
    package var threads: Int
    /// The processor level of the kernels.
    package var level = ProcessorLevel.best

    package var arithmetic: Arithmetic

    /// Creates settings; they are checked when they are used.
    ///
    /// - Parameters:
    ///   - batch: The greatest number of images that a run computes together.
    ///   - threads: The number of threads that share the work of a run. Opening a network uses all processors that the
    ///     process may use, whatever this number is.
    ///   - arithmetic: The arithmetic of convolutions.
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

    /// For many images: runs of eight images on one thread each, one run per processor.
    package static let throughput = ExecutionSettings()

    /// For one image with the least delay, on the given number of threads.
    ///
    /// The threads of a run wait for each other in busy loops, so all concurrent runs together should have at most as
    /// many threads as the machine has cores.
    public static func latency(threads: Int) -> ExecutionSettings {
        ExecutionSettings(batch: 1, threads: threads)
    }
}
