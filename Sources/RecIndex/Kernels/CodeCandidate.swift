/// A slot that may be in an answer.
package struct CodeCandidate: Sendable {
    /// What its score is estimated to be, or cannot exceed.
    package var score: Float
    /// Where it is.
    package var slot: UInt32

    package init(score: Float, slot: UInt32) {
        self.score = score
        self.slot = slot
    }
}
