/// Batch normalisation at inference: `(x - mean) / sqrt(variance + epsilon) * scale + shift`, per channel.
///
/// Its parameters are `scale` (gamma), `shift` (beta), `mean` and `variance`; that of ``factors(channels:)`` is `factor`. After a convolution it is folded into the
/// weights when the network is compiled. Ioffe and Szegedy 2015, arXiv:1502.03167.
package struct BatchNormalization: Sendable, Hashable {
    /// The number of channels.
    package let channels: Int
    /// The number added to the variance; libraries differ in it for the same network.
    package let epsilon: Double
    /// Whether there is one factor for each channel and nothing else.
    package let isFactor: Bool

    /// Creates a normalisation.
    ///
    /// - Precondition: `channels` is at least 1 and `epsilon` is greater than 0.
    package init(channels: Int, epsilon: Double = 1e-5) {
        precondition(channels > 0 && epsilon > 0, "a normalisation without planes or epsilon")
        self.channels = channels
        self.epsilon = epsilon
        isFactor = false
    }

    private init(factors channels: Int) {
        precondition(channels > 0, "factors of no channel")
        self.channels = channels
        epsilon = 0
        isFactor = true
    }

    /// A learned factor for each channel, as ConvNeXt scales its blocks.
    ///
    /// Touvron and others 2021, arXiv:2103.17239.
    package static func factors(channels: Int) -> BatchNormalization { BatchNormalization(factors: channels) }
}
