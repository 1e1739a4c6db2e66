import RecNetwork

/// Layers in double precision, written from their definitions and apart from the library: loops over output positions,
/// with padding as an explicit copy.
enum DoubleReference {
    /// A CHW image of doubles.
    struct Map {
        var channels: Int
        var height: Int
        var width: Int
        var values: [Double]

        subscript(channel: Int, y: Int, x: Int) -> Double {
            get { values[(channel * height + y) * width + x] }
            set { values[(channel * height + y) * width + x] = newValue }
        }

        init(_ channels: Int, _ height: Int, _ width: Int, filledWith value: Double = 0) {
            self.channels = channels
            self.height = height
            self.width = width
            values = [Double](repeating: value, count: channels * height * width)
        }

        init(_ channels: Int, _ height: Int, _ width: Int, _ floats: [Float]) {
            self.init(channels, height, width)
            values = floats.map { Double($0) }
        }

        func padded(_ top: Int, _ left: Int, _ bottom: Int, _ right: Int, with value: Double) -> Map {
            var result = Map(channels, height + top + bottom, width + left + right, filledWith: value)
            for channel in 0..<channels {
                for y in 0..<height {
                    for x in 0..<width { result[channel, y + top, x + left] = self[channel, y, x] }
                }
            }
            return result
        }
    }

    /// Cross-correlation of a padded map with OIHW weights.
    static func convolve(
        _ padded: Map,
        _ weights: [Double],
        outputs: Int,
        kernel: (Int, Int),
        stride: (Int, Int),
        groups: Int
    ) -> Map {
        let inputs = padded.channels / groups
        let height = (padded.height - kernel.0) / stride.0 + 1
        let width = (padded.width - kernel.1) / stride.1 + 1
        var result = Map(outputs, height, width)
        for o in 0..<outputs {
            let firstInput = o / (outputs / groups) * inputs
            var tap = o * inputs * kernel.0 * kernel.1
            for i in 0..<inputs {
                for (ky, kx) in (0..<kernel.0).flatMap({ ky in (0..<kernel.1).map { (ky, $0) } }) {
                    let weight = weights[tap]
                    tap += 1
                    for y in 0..<height {
                        var source = ((firstInput + i) * padded.height + y * stride.0 + ky) * padded.width + kx
                        for place in (o * height + y) * width..<(o * height + y + 1) * width {
                            result.values[place] += padded.values[source] * weight
                            source += stride.1
                        }
                    }
                }
            }
        }
        return result
    }

    /// The maximum over windows of a map padded with minus infinity.
    static func maximum(_ padded: Map, kernel: (Int, Int), stride: (Int, Int)) -> Map {
        var result = Map(
            padded.channels,
            (padded.height - kernel.0) / stride.0 + 1,
            (padded.width - kernel.1) / stride.1 + 1
        )
        for channel in 0..<padded.channels {
            for y in 0..<result.height {
                for x in 0..<result.width {
                    var best = -Double.infinity
                    for ky in 0..<kernel.0 {
                        for kx in 0..<kernel.1 {
                            best = max(best, padded[channel, y * stride.0 + ky, x * stride.1 + kx])
                        }
                    }
                    result[channel, y, x] = best
                }
            }
        }
        return result
    }
}
