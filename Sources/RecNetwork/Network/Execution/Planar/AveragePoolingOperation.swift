/// The mean of each plane.
struct AveragePoolingOperation: Operation {
    /// The shape of the input.
    let shape: FeatureMapShape

    func run(
        _ input: Span<Float>,
        _ second: Span<Float>,
        into output: inout MutableSpan<Float>,
        scratch: inout MutableSpan<Float>
    ) {
        FeaturePooling.average.pool(input, shape, into: &output)
    }
}
