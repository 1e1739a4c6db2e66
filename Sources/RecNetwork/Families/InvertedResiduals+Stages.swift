extension InvertedResiduals {
    /// A stage of equal blocks.
    package struct Stage: Sendable, Hashable {
        /// The number of blocks.
        var blocks: Int
        /// Side of the depthwise window.
        var kernel: Int
        /// The stride of the first block.
        var stride: Int
        /// The ratio of a block's inner channels to its input's.
        var expansion: Int
        /// Channels of the output.
        var outputs: Int

        /// The stage with more channels.
        func scaled(width: Double) -> Stage {
            var scaled = self
            scaled.outputs = rounded(Double(outputs) * width)
            return scaled
        }

        /// The stage with more blocks, rounded up.
        func scaled(depth: Double) -> Stage {
            var scaled = self
            scaled.blocks = Int((Double(blocks) * depth).rounded(.up))
            return scaled
        }
    }

    /// Creates a network of stages.
    ///
    /// - Parameters:
    ///   - stem: Channels of the first convolution.
    ///   - stages: The stages.
    ///   - head: Channels of the last convolution.
    ///   - activation: The activation everywhere.
    ///   - squeezes: Whether blocks have squeeze and excitation, to a quarter of their input's channels.
    init(stem: Int, stages: [Stage], head: Int, activation: Activation, squeezes: Bool = false) {
        var channels = stem
        var blocks: [Block] = []
        for (stage, row) in stages.enumerated() {
            for index in 0..<row.blocks {
                let block = Block(
                    stage: stage,
                    index: index,
                    kernel: row.kernel,
                    stride: index == 0 ? row.stride : 1,
                    inputs: channels,
                    inner: channels * row.expansion,
                    outputs: row.outputs,
                    squeeze: squeezes ? max(1, channels / 4) : nil,
                    activation: activation
                )
                blocks.append(block)
                channels = row.outputs
            }
        }
        self.init(stem: stem, activation: activation, blocks: blocks, head: head)
        squeezeActivation = activation
    }

    /// The nearest multiple of eight, or the next one if that is more than a tenth below.
    static func rounded(_ channels: Double) -> Int {
        let nearest = max(8, Int(channels + 4) / 8 * 8)
        return Double(nearest) < 0.9 * channels ? nearest + 8 : nearest
    }
}
