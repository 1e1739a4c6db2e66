/// A slot that may be in an answer.
package struct CodeCandidate: Sendable {
    /// The estimate, or an upper bound, of its score.
    package var score: Float
    /// Its slot.
    package var slot: UInt32

    package init(score: Float, slot: UInt32) {
        self.score = score
        self.slot = slot
    }
}
