/// The shape of the values between two layers for one image: CHW.
package struct FeatureMapShape: Sendable, Hashable, CustomStringConvertible {
    /// The number of channels.
    package let channels: Int
    /// Rows of each channel.
    package let height: Int
    /// Columns of each channel.
    package let width: Int

    /// Creates a shape; a vector has height and width 1.
    ///
    /// - Precondition: Every size is at least 1.
    package init(channels: Int, height: Int = 1, width: Int = 1) {
        precondition(channels > 0 && height > 0 && width > 0, "a shape without elements")
        self.channels = channels
        self.height = height
        self.width = width
    }

    /// The number of positions in a channel.
    package var pixels: Int { height * width }

    /// The number of values.
    package var count: Int { channels * height * width }

    /// The sizes as `channels x height x width`.
    package var description: String { "\(channels)x\(height)x\(width)" }
}
