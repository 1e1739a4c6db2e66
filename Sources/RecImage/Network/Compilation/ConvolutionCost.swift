internal import RecPlatform

/// What a convolution on blocks of planes costs, in units of one multiply-add of a vector: half a cycle on a processor
/// that starts two in each.
///
/// The sum of three things: the multiplications of the matrix products, the additions and memory accesses of Winograd's
/// transforms, and the weights, which come from memory once in a run. The figures are those of a Zen 4 core at 3.7 GHz;
/// `Benchmarks` measures the algorithms, and a test holds the choices against its table.
package struct ConvolutionCost: Sendable {
    /// Units for the transforms of one tile of one block of input planes, by the side of the tile.
    private static let inputTransform = [2: 90.0, 4: 230.0, 6: 470.0, 7: 700.0]
    /// The same for one block of output planes.
    private static let outputTransform = [2: 60.0, 4: 190.0, 6: 420.0, 7: 650.0]
    /// Bytes of weights that come from memory in a unit.
    private static let bytesPerUnit = 4.0

    /// The cost of a run of `images` images.
    package static func estimate(
        _ algorithm: ConvolutionAlgorithm,
        _ convolution: Convolution,
        outputHeight: Int,
        outputWidth: Int,
        images: Int
    ) -> Double {
        let lanes = BlockedShape.lanes
        let inputBlocks = Double((convolution.inputs + lanes - 1) / lanes)
        let outputBlocks = Double((convolution.outputs + lanes - 1) / lanes)
        let filter = inputBlocks * Double(lanes) * outputBlocks
        guard let tile = algorithm.tile else {
            let area = Double(convolution.window.height * convolution.window.width)
            let pixels = Double(images * outputHeight * outputWidth)
            return filter * area * (pixels / 0.96 + Double(4 * lanes) / bytesPerUnit)
        }
        let tiles = Double(images * ((outputHeight + tile - 1) / tile) * ((outputWidth + tile - 1) / tile))
        // Stride 2 has four phases of the input, of which three leave positions out.
        let isStrided = convolution.window.verticalStride == 2
        let positions = isStrided ? 225 : Double((tile + 2) * (tile + 2))
        let transforms =
            inputTransform[tile, default: 0] * inputBlocks * (isStrided ? 4 : 1)
            + outputTransform[tile, default: 0] * outputBlocks
        return filter * positions * (tiles / 0.94 + Double(4 * lanes) / bytesPerUnit) + tiles * transforms
    }

    /// The algorithm that is expected to be fastest.
    package static func fastest(
        of algorithms: [ConvolutionAlgorithm],
        _ convolution: Convolution,
        outputHeight: Int,
        outputWidth: Int,
        images: Int
    ) -> ConvolutionAlgorithm? {
        algorithms.filter { $0.supports(convolution) }.min { first, second in
            func cost(_ algorithm: ConvolutionAlgorithm) -> Double {
                estimate(algorithm, convolution, outputHeight: outputHeight, outputWidth: outputWidth, images: images)
            }
            return cost(first) < cost(second)
        }
    }
}
