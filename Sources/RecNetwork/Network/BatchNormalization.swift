/// Batch normalisation at inference: `(x - mean) / sqrt(variance + epsilon) * scale + shift`, per channel.
///
/// Its parameters are `scale` (gamma), `shift` (beta), `mean` and `variance`. After a convolution it is folded into the
/// weights when the network is compiled. Ioffe and Szegedy 2015, arXiv:1502.03167.
package struct BatchNormalization: Sendable, Hashable {
    /// The number of channels.
    package let channels: Int
    /// The number added to the variance; libraries differ in it for the same network.
    package let epsilon: Double

    /// Creates a normalisation.
    ///
    /// - Precondition: `channels` is at least 1 and `epsilon` is greater than 0.
    package init(channels: Int, epsilon: Double = 1e-5) {
        precondition(channels > 0 && epsilon > 0, "a normalisation without planes or epsilon")
        self.channels = channels
        self.epsilon = epsilon
    }
}
