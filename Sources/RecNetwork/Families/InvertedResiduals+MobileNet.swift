extension InvertedResiduals {
    /// MobileNetV2 of width 1: 3.5 million parameters.
    ///
    /// Sandler and others 2018, arXiv:1801.04381.
    package static let mobileNetV2 = InvertedResiduals(
        stem: 32,
        stages: [
            Stage(blocks: 1, kernel: 3, stride: 1, expansion: 1, outputs: 16),
            Stage(blocks: 2, kernel: 3, stride: 2, expansion: 6, outputs: 24),
            Stage(blocks: 3, kernel: 3, stride: 2, expansion: 6, outputs: 32),
            Stage(blocks: 4, kernel: 3, stride: 2, expansion: 6, outputs: 64),
            Stage(blocks: 3, kernel: 3, stride: 1, expansion: 6, outputs: 96),
            Stage(blocks: 3, kernel: 3, stride: 2, expansion: 6, outputs: 160),
            Stage(blocks: 1, kernel: 3, stride: 1, expansion: 6, outputs: 320),
        ],
        head: 1280,
        activation: .relu6
    )

    /// MobileNetV3-Large: 5.5 million parameters.
    ///
    /// Howard and others 2019, arXiv:1905.02244.
    package static let mobileNetV3Large = mobileNetV3(
        [
            Row(stage: 0, kernel: 3, inner: 16, outputs: 16),
            Row(stage: 1, kernel: 3, inner: 64, outputs: 24, stride: 2),
            Row(stage: 1, kernel: 3, inner: 72, outputs: 24),
            Row(stage: 2, kernel: 5, inner: 72, outputs: 40, stride: 2, squeezes: true),
            Row(stage: 2, kernel: 5, inner: 120, outputs: 40, squeezes: true),
            Row(stage: 2, kernel: 5, inner: 120, outputs: 40, squeezes: true),
            Row(stage: 3, kernel: 3, inner: 240, outputs: 80, stride: 2, .hardSwish),
            Row(stage: 3, kernel: 3, inner: 200, outputs: 80, .hardSwish),
            Row(stage: 3, kernel: 3, inner: 184, outputs: 80, .hardSwish),
            Row(stage: 3, kernel: 3, inner: 184, outputs: 80, .hardSwish),
            Row(stage: 4, kernel: 3, inner: 480, outputs: 112, squeezes: true, .hardSwish),
            Row(stage: 4, kernel: 3, inner: 672, outputs: 112, squeezes: true, .hardSwish),
            Row(stage: 5, kernel: 5, inner: 672, outputs: 160, stride: 2, squeezes: true, .hardSwish),
            Row(stage: 5, kernel: 5, inner: 960, outputs: 160, squeezes: true, .hardSwish),
            Row(stage: 5, kernel: 5, inner: 960, outputs: 160, squeezes: true, .hardSwish),
        ],
        head: 960,
        hidden: 1280
    )

    /// MobileNetV3-Small: 2.5 million parameters.
    package static let mobileNetV3Small = mobileNetV3(
        [
            Row(stage: 0, kernel: 3, inner: 16, outputs: 16, stride: 2, squeezes: true),
            Row(stage: 1, kernel: 3, inner: 72, outputs: 24, stride: 2),
            Row(stage: 1, kernel: 3, inner: 88, outputs: 24),
            Row(stage: 2, kernel: 5, inner: 96, outputs: 40, stride: 2, squeezes: true, .hardSwish),
            Row(stage: 2, kernel: 5, inner: 240, outputs: 40, squeezes: true, .hardSwish),
            Row(stage: 2, kernel: 5, inner: 240, outputs: 40, squeezes: true, .hardSwish),
            Row(stage: 3, kernel: 5, inner: 120, outputs: 48, squeezes: true, .hardSwish),
            Row(stage: 3, kernel: 5, inner: 144, outputs: 48, squeezes: true, .hardSwish),
            Row(stage: 4, kernel: 5, inner: 288, outputs: 96, stride: 2, squeezes: true, .hardSwish),
            Row(stage: 4, kernel: 5, inner: 576, outputs: 96, squeezes: true, .hardSwish),
            Row(stage: 4, kernel: 5, inner: 576, outputs: 96, squeezes: true, .hardSwish),
        ],
        head: 576,
        hidden: 1024
    )

    /// A block of MobileNetV3 as its paper tabulates it.
    private struct Row {
        let stage: Int
        let kernel: Int
        let inner: Int
        let outputs: Int
        let stride: Int
        let squeezes: Bool
        let activation: Activation

        init(
            stage: Int,
            kernel: Int,
            inner: Int,
            outputs: Int,
            stride: Int = 1,
            squeezes: Bool = false,
            _ activation: Activation = .relu
        ) {
            self.stage = stage
            self.kernel = kernel
            self.inner = inner
            self.outputs = outputs
            self.stride = stride
            self.squeezes = squeezes
            self.activation = activation
        }
    }

    private static func mobileNetV3(_ rows: [Row], head: Int, hidden: Int) -> InvertedResiduals {
        var channels = 16
        var blocks: [Block] = []
        for row in rows {
            let block = Block(
                stage: row.stage,
                index: blocks.count { $0.stage == row.stage },
                kernel: row.kernel,
                stride: row.stride,
                inputs: channels,
                inner: row.inner,
                outputs: row.outputs,
                squeeze: row.squeezes ? rounded(Double(row.inner) / 4) : nil,
                activation: row.activation
            )
            blocks.append(block)
            channels = row.outputs
        }
        var network = InvertedResiduals(stem: 16, activation: .hardSwish, blocks: blocks, head: head, hidden: hidden)
        network.gateActivation = .hardSigmoid()
        return network
    }
}
