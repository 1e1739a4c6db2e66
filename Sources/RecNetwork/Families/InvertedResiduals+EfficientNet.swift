extension InvertedResiduals {
    /// EfficientNet-B0: width 1, depth 1, images of 224x224.
    ///
    /// Tan and Le 2019, arXiv:1905.11946.
    package static let efficientNetB0 = efficientNet(width: 1, depth: 1)

    /// Width 1, depth 1.1, images of 240x240.
    package static let efficientNetB1 = efficientNet(width: 1, depth: 1.1)

    /// Width 1.1, depth 1.2, images of 260x260; torchvision takes 288x288.
    package static let efficientNetB2 = efficientNet(width: 1.1, depth: 1.2)

    /// Width 1.2, depth 1.4, images of 300x300.
    package static let efficientNetB3 = efficientNet(width: 1.2, depth: 1.4)

    /// Width 1.4, depth 1.8, images of 380x380.
    package static let efficientNetB4 = efficientNet(width: 1.4, depth: 1.8)

    /// EfficientNet-Lite0, Google's for mobile devices (2020), with ReLU6 and without squeeze and excitation: images of
    /// 224x224.
    package static let efficientNetLite0 = efficientNetLite(width: 1, depth: 1)

    /// Depth 1.1, images of 240x240.
    package static let efficientNetLite1 = efficientNetLite(width: 1, depth: 1.1)

    /// Width 1.1, depth 1.2, images of 260x260.
    package static let efficientNetLite2 = efficientNetLite(width: 1.1, depth: 1.2)

    private static let stages = [
        Stage(blocks: 1, kernel: 3, stride: 1, expansion: 1, outputs: 16),
        Stage(blocks: 2, kernel: 3, stride: 2, expansion: 6, outputs: 24),
        Stage(blocks: 2, kernel: 5, stride: 2, expansion: 6, outputs: 40),
        Stage(blocks: 3, kernel: 3, stride: 2, expansion: 6, outputs: 80),
        Stage(blocks: 3, kernel: 5, stride: 1, expansion: 6, outputs: 112),
        Stage(blocks: 4, kernel: 5, stride: 2, expansion: 6, outputs: 192),
        Stage(blocks: 1, kernel: 3, stride: 1, expansion: 6, outputs: 320),
    ]

    private static func efficientNet(width: Double, depth: Double) -> InvertedResiduals {
        InvertedResiduals(
            stem: rounded(32 * width),
            stages: stages.map { $0.scaled(width: width).scaled(depth: depth) },
            head: rounded(1280 * width),
            activation: .silu,
            squeezes: true
        )
    }

    /// The first and the last convolution stay as they are, as do the numbers of blocks in the first and the last stage.
    private static func efficientNetLite(width: Double, depth: Double) -> InvertedResiduals {
        let wide = stages.map { $0.scaled(width: width) }
        return InvertedResiduals(
            stem: 32,
            stages: [wide[0]] + wide.dropFirst().dropLast().map { $0.scaled(depth: depth) } + [wide[wide.count - 1]],
            head: 1280,
            activation: .relu6
        )
    }
}
