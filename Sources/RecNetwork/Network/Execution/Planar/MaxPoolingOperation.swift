/// The maximum over each window.
struct MaxPoolingOperation: Operation {
    /// The window.
    let geometry: WindowGeometry

    func run(
        _ input: Span<Float>,
        _ second: Span<Float>,
        into output: inout MutableSpan<Float>,
        scratch: inout MutableSpan<Float>
    ) {
        NetworkKernels.maxPool(input, geometry, into: &output)
    }
}
