extension InvertedResiduals {
    /// The nearest multiple of 8 that is not more than a tenth below.
    static func rounded(_ value: Double) -> Int {
        let whole = max(8, Int(value + 4) / 8 * 8)
        return Double(whole) < 0.9 * value ? whole + 8 : whole
    }

    /// MobileNetV2 of width 1: 3.5 million parameters.
    package static let mobileNetV2: InvertedResiduals = {
        // Expansion, channels, blocks, stride.
        let rows = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
        var channels = 32
        var blocks: [Block] = []
        for (stage, row) in rows.enumerated() {
            for index in 0..<row.2 {
                blocks.append(
                    Block(
                        stage: stage,
                        index: index,
                        kernel: 3,
                        stride: index == 0 ? row.3 : 1,
                        inner: channels * row.0,
                        outputs: row.1,
                        squeeze: nil,
                        activation: .relu6
                    )
                )
                channels = row.1
            }
        }
        return InvertedResiduals(stem: 32, activation: .relu6, blocks: blocks, head: 1280)
    }()

    /// MobileNetV3-Large: 5.5 million parameters.
    package static let mobileNetV3Large = mobileNetV3(
        [
            (0, 3, 16, 16, false, false, 1), (1, 3, 64, 24, false, false, 2), (1, 3, 72, 24, false, false, 1),
            (2, 5, 72, 40, true, false, 2), (2, 5, 120, 40, true, false, 1), (2, 5, 120, 40, true, false, 1),
            (3, 3, 240, 80, false, true, 2), (3, 3, 200, 80, false, true, 1), (3, 3, 184, 80, false, true, 1),
            (3, 3, 184, 80, false, true, 1), (4, 3, 480, 112, true, true, 1), (4, 3, 672, 112, true, true, 1),
            (5, 5, 672, 160, true, true, 2), (5, 5, 960, 160, true, true, 1), (5, 5, 960, 160, true, true, 1),
        ],
        head: 960,
        hidden: 1280
    )

    /// MobileNetV3-Small: 2.5 million parameters.
    package static let mobileNetV3Small = mobileNetV3(
        [
            (0, 3, 16, 16, true, false, 2), (1, 3, 72, 24, false, false, 2), (1, 3, 88, 24, false, false, 1),
            (2, 5, 96, 40, true, true, 2), (2, 5, 240, 40, true, true, 1), (2, 5, 240, 40, true, true, 1),
            (3, 5, 120, 48, true, true, 1), (3, 5, 144, 48, true, true, 1), (4, 5, 288, 96, true, true, 2),
            (4, 5, 576, 96, true, true, 1), (4, 5, 576, 96, true, true, 1),
        ],
        head: 576,
        hidden: 1024
    )

    /// Rows of stage, kernel, inner channels, outputs, squeeze and excitation, hard swish, stride.
    private static func mobileNetV3(
        _ rows: [(Int, Int, Int, Int, Bool, Bool, Int)],
        head: Int,
        hidden: Int
    ) -> InvertedResiduals {
        var numbers: [Int: Int] = [:]
        let blocks = rows.map { row in
            let index = numbers[row.0, default: 0]
            numbers[row.0] = index + 1
            return Block(
                stage: row.0,
                index: index,
                kernel: row.1,
                stride: row.6,
                inner: row.2,
                outputs: row.3,
                squeeze: row.4 ? rounded(Double(row.2) / 4) : nil,
                activation: row.5 ? .hardSwish : .relu
            )
        }
        var network = InvertedResiduals(stem: 16, activation: .hardSwish, blocks: blocks, head: head, hidden: hidden)
        network.gateActivation = .hardSigmoid()
        network.epsilon = 1e-3
        return network
    }

    /// EfficientNet-B0 to B4 by the factors of width and depth.
    package static func efficientNet(width: Double, depth: Double, size: Int) -> InvertedResiduals {
        // Expansion, kernel, stride, channels, blocks.
        let rows = [
            (1, 3, 1, 16, 1), (6, 3, 2, 24, 2), (6, 5, 2, 40, 2), (6, 3, 2, 80, 3), (6, 5, 1, 112, 3), (6, 5, 2, 192, 4),
            (6, 3, 1, 320, 1),
        ]
        var channels = rounded(32 * width)
        let stem = channels
        var blocks: [Block] = []
        for (stage, row) in rows.enumerated() {
            for index in 0..<Int((Double(row.4) * depth).rounded(.up)) {
                let outputs = rounded(Double(row.3) * width)
                blocks.append(
                    Block(
                        stage: stage,
                        index: index,
                        kernel: row.1,
                        stride: index == 0 ? row.2 : 1,
                        inner: channels * row.0,
                        outputs: outputs,
                        squeeze: max(1, channels / 4),
                        activation: .silu
                    )
                )
                channels = outputs
            }
        }
        var network = InvertedResiduals(
            stem: stem,
            activation: .silu,
            blocks: blocks,
            head: rounded(1280 * width)
        )
        network.squeezeActivation = .silu
        network.size = size
        return network
    }
}
