/// One computation of a program on the planes of one image, with its parameters and all sizes fixed.
///
/// The result must not depend on anything but the inputs: not on other images, threads or earlier runs.
protocol Operation: Sendable {
    /// How many floats of scratch memory a run needs.
    var scratchCount: Int { get }

    /// Multiplications that are followed by an addition, for one image.
    var multiplyAdds: Int { get }

    /// How it is computed, in a word.
    var algorithmName: String { get }

    /// How many parameters are kept.
    var parameterCount: Int { get }

    /// Computes `output` from `input`, and from `second` for operations that have two inputs.
    func run(
        _ input: Span<Float>,
        _ second: Span<Float>,
        into output: inout MutableSpan<Float>,
        scratch: inout MutableSpan<Float>
    )
}

extension Operation {
    var scratchCount: Int { 0 }
    var multiplyAdds: Int { 0 }
    var algorithmName: String { "loop" }
    var parameterCount: Int { 0 }
}
