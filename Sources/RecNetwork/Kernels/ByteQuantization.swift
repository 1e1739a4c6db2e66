/// The numbers that the bytes of a map stand for: value = (byte - zero) * scale.
package struct ByteQuantization: Sendable, Hashable {
    /// The step between two numbers.
    package let scale: Float
    /// The byte of 0.
    package let zero: Int32

    /// The bytes for values of a range; 0 has a byte of its own, so that padding is exact.
    package init(_ range: ActivationRange) {
        let low = min(range.low, 0)
        let high = max(range.high, 0)
        scale = high > low ? (high - low) / 255 : 1
        zero = Int32((-low / scale).rounded(.toNearestOrEven))
    }
}
