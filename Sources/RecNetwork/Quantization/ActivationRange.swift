/// The least and the greatest value of a map that are worth telling apart; what is beyond becomes one of them.
package struct ActivationRange: Sendable, Hashable {
    package let low: Float
    package let high: Float

    package init(low: Float, high: Float) {
        self.low = low
        self.high = high
    }
}
