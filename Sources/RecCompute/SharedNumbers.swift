/// Numbers that the threads of a team fill in together, on a cache line's boundary.
///
/// Parts that are lent at one time may overlap where no thread writes what another one reads or writes.
@safe
@usableFromInline
package final class SharedNumbers<Number: BitwiseCopyable & Sendable>: @unchecked Sendable {
    /// The number of numbers.
    @usableFromInline
    package let count: Int

    /// The first number, good as long as this lives.
    @usableFromInline
    package let base: UnsafeMutablePointer<Number>

    /// Allocates `count` times the same number.
    package convenience init(repeating number: Number, count: Int) {
        self.init(count: count)
        let stride = MemoryLayout<Number>.stride
        let memory = unsafe UnsafeMutableRawPointer(base)
        // What is written is copied behind itself, twice as much each time.
        unsafe memory.storeBytes(of: number, as: Number.self)
        var written = 1
        while written < count {
            let more = min(written, count - written)
            unsafe (memory + written * stride).copyMemory(from: memory, byteCount: more * stride)
            written += more
        }
    }

    /// Allocates a copy of some numbers.
    package convenience init(_ numbers: [Number]) {
        self.init(count: numbers.count)
        unsafe numbers.withUnsafeBufferPointer { numbers in
            if let source = numbers.baseAddress { unsafe base.initialize(from: source, count: numbers.count) }
        }
    }

    /// Allocates room that is filled in before it is read.
    private init(count: Int) {
        precondition(count >= 0, "a negative size")
        self.count = count
        let memory = unsafe HugePages.allocate(byteCount: max(count, 1) * MemoryLayout<Number>.stride)
        unsafe base = unsafe memory.bindMemory(to: Number.self, capacity: max(count, 1))
    }

    deinit { unsafe base.deallocate() }

    /// Lends some of the numbers for reading.
    ///
    /// - Precondition: `range` lies within `0..<count`.
    @inlinable
    package func read<Value, Failure: Error>(
        _ range: Range<Int>,
        _ body: (Span<Number>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let buffer = unsafe UnsafeBufferPointer(part(range))
        return try unsafe body(Span(_unsafeElements: buffer))
    }

    /// Lends some of the numbers for writing.
    ///
    /// - Precondition: `range` lies within `0..<count`.
    @inlinable
    package func write<Value, Failure: Error>(
        _ range: Range<Int>,
        _ body: (inout MutableSpan<Number>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        var span = unsafe MutableSpan(_unsafeElements: part(range))
        return try body(&span)
    }

    /// Lends all numbers for reading.
    @inlinable
    package func read<Value, Failure: Error>(
        _ body: (Span<Number>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try read(0..<count, body)
    }

    /// Lends all numbers for writing.
    @inlinable
    package func write<Value, Failure: Error>(
        _ body: (inout MutableSpan<Number>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try write(0..<count, body)
    }

    @inlinable
    func part(_ range: Range<Int>) -> UnsafeMutableBufferPointer<Number> {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range out of bounds")
        return unsafe UnsafeMutableBufferPointer(start: base + range.lowerBound, count: range.count)
    }
}
