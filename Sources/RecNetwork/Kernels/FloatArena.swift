internal import RecCompute

/// One aligned piece of memory for `Float` values, accessed in parts that do not overlap.
///
/// Not `Sendable`: one task uses it at a time.
@safe
package final class FloatArena {
    /// Parts start on multiples of this many elements: 64 bytes, a cache line.
    package static let alignment = 16

    /// The number of elements.
    package let count: Int

    private let base: UnsafeMutableRawPointer

    /// Allocates zeros.
    package init(count: Int) {
        precondition(count >= 0, "a negative size")
        self.count = count
        let bytes = max(count, 1) * MemoryLayout<Float>.stride
        let memory = unsafe HugePages.allocate(byteCount: bytes)
        unsafe memory.initializeMemory(as: Float.self, repeating: 0, count: count)
        unsafe base = memory
    }

    /// The whole memory, for kernels with checked places.
    @unsafe var pointer: UnsafeMutablePointer<Float> { unsafe base.assumingMemoryBound(to: Float.self) }

    deinit {
        unsafe base.deallocate()
    }

    /// Lends one part for reading.
    package func read<Value, Failure: Error>(
        _ part: Range<Int>,
        _ body: (Span<Float>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let buffer = unsafe UnsafeBufferPointer(buffer(part))
        return try unsafe body(Span(_unsafeElements: buffer))
    }

    /// Lends one part for writing.
    package func write<Value, Failure: Error>(
        _ part: Range<Int>,
        _ body: (inout MutableSpan<Float>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        var span = unsafe MutableSpan(_unsafeElements: buffer(part))
        return try body(&span)
    }

    private func buffer(_ part: Range<Int>) -> UnsafeMutableBufferPointer<Float> {
        precondition(part.lowerBound >= 0 && part.upperBound <= count, "a part outside the arena")
        let start = unsafe base.assumingMemoryBound(to: Float.self) + part.lowerBound
        return unsafe UnsafeMutableBufferPointer(start: start, count: part.count)
    }
}
