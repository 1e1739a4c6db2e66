/// How a convolution is computed; the result is the same up to rounding.
package enum ConvolutionAlgorithm: String, Sendable, CaseIterable {
    /// Plain loops in double precision: slow, and what the others are compared with.
    case reference
    /// One matrix product by OpenBLAS straight from the input: 1x1, stride 1, no padding, one group.
    case pointwise
    /// im2col in strips of rows, then a matrix product by OpenBLAS for each strip and group.
    case gemm
    /// A kernel of its own for one filter a plane.
    case depthwise
    /// A matrix product of our own that finds the pixels under the window where they are.
    case direct
    /// Winograd's minimal filtering in output tiles of 2x2.
    case winograd2
    /// Winograd's minimal filtering in output tiles of 4x4.
    case winograd4
    /// Winograd's minimal filtering in output tiles of 6x6.
    case winograd6
    /// Winograd's minimal filtering in output tiles of 7x7, for stride 1 and 2.
    case winograd7

    /// Those that work on planes, on any processor.
    package static let planar: [Self] = [.reference, .pointwise, .gemm, .depthwise]

    /// Those that work on blocks of planes.
    package static let blocked: [Self] = [.depthwise, .direct, .winograd2, .winograd4, .winograd6, .winograd7]

    /// Rows and columns of an output tile of Winograd's algorithm, `nil` for other algorithms.
    var tile: Int? {
        switch self {
        case .winograd2: 2
        case .winograd4: 4
        case .winograd6: 6
        case .winograd7: 7
        default: nil
        }
    }

    /// Whether the algorithm can compute the convolution.
    package func supports(_ convolution: Convolution) -> Bool {
        switch self {
        case .reference, .gemm: true
        case .pointwise: convolution.window == SlidingWindow(1) && convolution.groups == 1
        case .depthwise: convolution.isDepthwise
        case .direct: convolution.groups == 1
        case .winograd2, .winograd4, .winograd6, .winograd7:
            convolution.groups == 1 && tile.map(convolution.window.winogradTiles.contains) ?? false
        }
    }
}

extension SlidingWindow {
    /// The tiles in which Winograd's algorithm can compute a convolution with this window.
    fileprivate var winogradTiles: [Int] {
        WinogradKernel.tiles(kernel: (height, width), stride: (verticalStride, horizontalStride))
    }
}
