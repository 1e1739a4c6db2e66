extension EfficientNetLite {
    /// The smallest of the family: width 1, depth 1, images of 224x224.
    package static let lite0 = EfficientNetLite(
        stem: 32,
        stages: [
            Stage(blocks: 1, kernel: 3, stride: 1, expansion: 1, outputs: 16),
            Stage(blocks: 2, kernel: 3, stride: 2, expansion: 6, outputs: 24),
            Stage(blocks: 2, kernel: 5, stride: 2, expansion: 6, outputs: 40),
            Stage(blocks: 3, kernel: 3, stride: 2, expansion: 6, outputs: 80),
            Stage(blocks: 3, kernel: 5, stride: 1, expansion: 6, outputs: 112),
            Stage(blocks: 4, kernel: 5, stride: 2, expansion: 6, outputs: 192),
            Stage(blocks: 1, kernel: 3, stride: 1, expansion: 6, outputs: 320),
        ],
        head: 1280
    )
}
