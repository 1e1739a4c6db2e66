package import RecCompute

/// Numbers that never change and lie in memory or, little endian, in a mapped file.
///
/// Usable from inline code, as are the types it is made of, since the compiler specialises generic code of another module
/// only then.
@safe
@usableFromInline
package struct NumberArray<Number: BitwiseCopyable & Sendable>: Sendable {
    @usableFromInline
    @unsafe
    enum Storage {
        case owned([Number])
        /// Numbers at an address that is good as long as the owner is.
        case lent(UnsafePointer<Number>, owner: any AnyObject & Sendable)
    }

    @usableFromInline
    nonisolated(unsafe) let storage: Storage

    /// The number of numbers.
    @usableFromInline
    package let count: Int

    /// Creates an array in memory.
    package init(_ numbers: [Number]) {
        unsafe storage = .owned(numbers)
        count = numbers.count
    }

    /// Takes over what a team of threads has filled in, on a cache line's boundary.
    ///
    /// - Precondition: There are no more writes to `numbers`.
    package init(_ numbers: SharedNumbers<Number>) {
        unsafe storage = .lent(UnsafePointer(numbers.base), owner: numbers)
        count = numbers.count
    }

    /// Creates an array in place, in a mapped file.
    ///
    /// - Precondition: `offset` is a multiple of the alignment of `Number`, and the numbers lie within the file.
    package init(_ file: MappedFile, offset: Int, count: Int) {
        let bytes = count.multipliedReportingOverflow(by: MemoryLayout<Number>.stride)
        precondition(offset >= 0 && count >= 0 && !bytes.overflow, "sizes")
        precondition(offset % MemoryLayout<Number>.alignment == 0, "numbers must be aligned")
        precondition(offset <= file.count && bytes.partialValue <= file.count - offset, "numbers must lie in the file")
        if let base = unsafe file.base {
            unsafe storage = .lent((base + offset).assumingMemoryBound(to: Number.self), owner: file)
        } else {
            unsafe storage = .owned([])
        }
        self.count = count
    }

    /// The same numbers, copied if need be, with an address that is good as long as an array of them lives.
    package func pinned() -> NumberArray {
        guard case .owned(let numbers) = unsafe storage else { return self }
        return NumberArray(SharedNumbers(numbers))
    }

    /// The address of the first number.
    ///
    /// - Precondition: The array is ``pinned()``, and lives as long as the address is used.
    @unsafe
    package var pinnedAddress: UnsafePointer<Number> {
        guard case .lent(let base, _) = unsafe storage else { preconditionFailure("an array that is not pinned") }
        return unsafe base
    }

    /// Lends some of the numbers.
    ///
    /// - Precondition: `range` lies within `0..<count`.
    @inlinable
    package func withSpan<Value, Failure: Error>(
        _ range: Range<Int>,
        _ body: (Span<Number>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range out of bounds")
        switch unsafe storage {
        case .owned(let numbers):
            return try body(numbers.span.extracting(range))
        case .lent(let base, _):
            defer { extendLifetime(self) }
            return try unsafe body(Span(_unsafeStart: base + range.lowerBound, count: range.count))
        }
    }

    /// Lends all numbers.
    @inlinable
    package func withSpan<Value, Failure: Error>(
        _ body: (Span<Number>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try withSpan(0..<count, body)
    }

    /// Lends the bytes of some of the numbers.
    @inlinable
    package func withBytes<Value, Failure: Error>(
        _ range: Range<Int>,
        _ body: (RawSpan) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try withSpan(range) { span throws(Failure) in try unsafe body(span.bytes) }
    }

    /// One number.
    ///
    /// - Precondition: `index` lies within `0..<count`.
    @inlinable
    package subscript(index: Int) -> Number {
        precondition(index >= 0 && index < count, "an index out of bounds")
        switch unsafe storage {
        case .owned(let numbers):
            return numbers[index]
        case .lent(let base, _):
            defer { extendLifetime(self) }
            return unsafe base[index]
        }
    }

    /// A copy of some of the numbers.
    @inlinable
    package func array(_ range: Range<Int>) -> [Number] {
        withSpan(range) { span in
            unsafe span.withUnsafeBufferPointer { unsafe [Number]($0) }
        }
    }
}

extension NumberArray where Number: FixedWidthInteger {
    /// Whether every number is less than a limit.
    @inlinable
    package func areAll(below limit: Int) -> Bool {
        withSpan { numbers in
            var greatest: Number = 0
            for index in numbers.indices { greatest = max(greatest, numbers[index]) }
            return numbers.isEmpty || greatest < limit
        }
    }
}
