/// The cost of a convolution on blocks of channels, in units of one multiply-add of a vector: half a cycle on a
/// processor that starts two per cycle.
///
/// It is the sum of two costs: the products, with the weights read from memory once per run, and the additions and
/// memory accesses of Winograd's transforms. The figures are those of a Zen 4 core at 3.7 GHz;
/// `Benchmarks/measure_convolutions.sh` measures the algorithms, and a test compares estimates and choices with its
/// table.
///
/// Two simplifications: one thread does the work, and all images of a run share one pass.
package struct ConvolutionCost: Sendable {
    /// Units for the transforms of one tile of one block of input channels, by the side of the tile.
    private static let inputTransform = [2: 300.0, 4: 800.0, 6: 1600.0, 7: 2600.0]
    /// The same for one block of output channels.
    private static let outputTransform = [2: 220.0, 4: 550.0, 6: 1300.0, 7: 2100.0]
    /// Units in which one vector of the input is rounded to bfloat16.
    private static let conversion = 4.0
    /// Units in which one vector of weights comes from memory.
    private static let weightsLatency = 12.0

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
            return filter * area * product(pixels)
        }
        let tiles = Double(images * ((outputHeight + tile - 1) / tile) * ((outputWidth + tile - 1) / tile))
        let phases = convolution.window.verticalStride * convolution.window.horizontalStride
        let transforms =
            inputTransform[tile, default: 0] * inputBlocks * Double(phases)
            + outputTransform[tile, default: 0] * outputBlocks
        return filter * Double(products(tile: tile, convolution)) * product(tiles) + tiles * transforms
    }

    /// The cost of the direct product with pixels and weights rounded to bfloat16: half the multiplications and weights,
    /// and the input rounded.
    static func estimateBFloat16(
        _ convolution: Convolution,
        outputHeight: Int,
        outputWidth: Int,
        images: Int
    ) -> Double {
        let direct = estimate(
            .direct,
            convolution,
            outputHeight: outputHeight,
            outputWidth: outputWidth,
            images: images
        )
        let strides = convolution.window.verticalStride * convolution.window.horizontalStride
        let inputBlocks = (convolution.inputs + BlockedShape.lanes - 1) / BlockedShape.lanes
        return direct / 2 + conversion * Double(inputBlocks * images * outputHeight * outputWidth * strides)
    }

    /// Multiplications for a tile of one output channel and one input channel, and so the size of the transformed
    /// filter.
    private static func products(tile: Int, _ convolution: Convolution) -> Int {
        // Stride 2 has four phases of the input, 64 positions each, of which three leave some out.
        convolution.window.verticalStride == 2 ? 225 : (tile + 2) * (tile + 2)
    }

    /// Units for one vector of weights that meets some pixels or tiles.
    ///
    /// It comes from memory while others are multiplied, so the longer of the two counts, and some of the shorter.
    private static func product(_ pixels: Double) -> Double {
        let multiplication = pixels / 0.94
        return max(multiplication, weightsLatency) + 0.25 * min(multiplication, weightsLatency)
    }

    /// Bytes that the packed weights take.
    package static func weightBytes(_ algorithm: ConvolutionAlgorithm, _ convolution: Convolution) -> Int {
        let area = convolution.window.height * convolution.window.width
        let filter = algorithm.tile.map { products(tile: $0, convolution) } ?? area
        return convolution.inputs * convolution.outputs * filter * MemoryLayout<Float>.stride
    }

    /// The most bytes that the weights of one layer may take by the choice of an algorithm.
    package static let largestWeightBytes = 96 << 20

    /// The algorithm that is expected to be fastest, among those whose weights do not take too much memory.
    package static func fastest(
        of algorithms: [ConvolutionAlgorithm],
        _ convolution: Convolution,
        outputHeight: Int,
        outputWidth: Int,
        images: Int
    ) -> ConvolutionAlgorithm? {
        algorithms.filter { algorithm in
            algorithm.supports(convolution)
                && (algorithm.tile == nil || weightBytes(algorithm, convolution) <= largestWeightBytes)
        }.min { first, second in
            func cost(_ algorithm: ConvolutionAlgorithm) -> Double {
                estimate(algorithm, convolution, outputHeight: outputHeight, outputWidth: outputWidth, images: images)
            }
            return cost(first) < cost(second)
        }
    }
}
