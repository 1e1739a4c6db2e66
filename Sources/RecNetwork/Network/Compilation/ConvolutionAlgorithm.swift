/// An algorithm for convolutions; the results are the same up to rounding.
package enum ConvolutionAlgorithm: String, Sendable, CaseIterable {
    /// A separate kernel for one filter per channel.
    case depthwise
    /// A matrix product that reads the pixels under the window in place.
    case direct
    /// Winograd's minimal filtering in output tiles of 2x2.
    case winograd2
    /// Winograd's minimal filtering in output tiles of 4x4.
    case winograd4
    /// Winograd's minimal filtering in output tiles of 6x6.
    case winograd6
    /// Winograd's minimal filtering in output tiles of 7x7, for stride 1 and 2.
    case winograd7

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
        case .depthwise: convolution.isDepthwise
        case .direct: !convolution.isDepthwise || convolution.groups == 1
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
