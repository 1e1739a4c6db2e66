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

    /// Depth 1.1, images of 240x240.
    package static let lite1 = lite0.scaled(width: 1, depth: 1.1)

    /// Width 1.1, depth 1.2, images of 260x260.
    package static let lite2 = lite0.scaled(width: 1.1, depth: 1.2)

    /// A larger member of the family: more channels, rounded to multiples of eight, and more blocks, rounded up.
    ///
    /// Of the Lite variants stem, head, and the numbers of blocks in the first and the last stage stay as they are.
    private func scaled(width: Double, depth: Double) -> EfficientNetLite {
        var scaled = self
        for index in stages.indices {
            let channels = Double(stages[index].outputs) * width
            let rounded = max(8, Int(channels + 4) / 8 * 8)
            scaled.stages[index].outputs = Double(rounded) < 0.9 * channels ? rounded + 8 : rounded
            guard index > 0, index < stages.count - 1 else { continue }
            scaled.stages[index].blocks = Int((Double(stages[index].blocks) * depth).rounded(.up))
        }
        return scaled
    }
}
