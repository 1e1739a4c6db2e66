internal import Synchronization

/// Bits that are set once and never cleared, by any number of threads.
@safe
package final class AtomicBits: @unchecked Sendable {
    /// The number of bits.
    package let count: Int

    private let words: UnsafeMutablePointer<Atomic<UInt64>>
    private let wordCount: Int

    /// Creates bits, none of them set.
    package init(count: Int) {
        precondition(count >= 0, "a negative size")
        self.count = count
        wordCount = (count + 63) / 64
        unsafe words = .allocate(capacity: max(wordCount, 1))
        for word in 0..<wordCount { unsafe (words + word).initialize(to: Atomic(0)) }
    }

    deinit {
        unsafe words.deinitialize(count: wordCount)
        unsafe words.deallocate()
    }

    /// Whether a bit is set; what was written before it was set can be read after that.
    package subscript(index: Int) -> Bool {
        precondition(index >= 0 && index < count, "a bit out of bounds")
        return unsafe words[index / 64].load(ordering: .acquiring) >> UInt64(index % 64) & 1 == 1
    }

    /// Sets a bit.
    package func set(_ index: Int) {
        precondition(index >= 0 && index < count, "a bit out of bounds")
        unsafe words[index / 64].bitwiseOr(1 << UInt64(index % 64), ordering: .releasing)
    }
}
