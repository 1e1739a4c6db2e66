/// Layer normalisation: `(x - mean) / sqrt(variance + epsilon) * scale + shift` across the channels of each position.
///
/// Its parameters are `scale` (gamma) and `shift` (beta). Ba, Kiros and Hinton 2016, arXiv:1607.06450.
package struct LayerNormalization: Sendable, Hashable {
    /// The number of channels.
    package let channels: Int
    /// The number added to the variance.
    package let epsilon: Double

    /// Creates a normalisation.
    ///
    /// - Precondition: `channels` is at least 1 and `epsilon` is not negative.
    package init(channels: Int, epsilon: Double = 1e-5) {
        precondition(channels > 0 && epsilon >= 0, "a normalisation without channels or epsilon")
        self.channels = channels
        self.epsilon = epsilon
    }
}
