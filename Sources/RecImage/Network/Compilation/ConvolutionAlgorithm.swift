/// How a convolution is computed; the result is the same up to rounding.
package enum ConvolutionAlgorithm: String, Sendable, CaseIterable {
    /// Plain loops in double precision: slow, and the reference for the others.
    case direct
    /// One matrix product straight from the input: 1x1, stride 1, no padding, one group.
    case pointwise
    /// A kernel of its own for one filter a plane.
    case depthwise
    /// im2col in strips of rows, then a matrix product for each strip and group.
    case gemm

    /// Whether the algorithm can compute the convolution.
    package func supports(_ convolution: Convolution) -> Bool {
        switch self {
        case .direct, .gemm: true
        case .pointwise: convolution.window == SlidingWindow(1) && convolution.groups == 1
        case .depthwise: convolution.isDepthwise
        }
    }

    /// The algorithm that is expected to be fastest.
    static func fastest(for convolution: Convolution) -> ConvolutionAlgorithm {
        [.depthwise, .pointwise].first { $0.supports(convolution) } ?? .gemm
    }
}
