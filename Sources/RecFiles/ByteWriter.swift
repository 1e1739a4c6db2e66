/// Writes little-endian numbers one after another; the counterpart of ``ByteReader``.
///
/// Usable from inline code, since the compiler specialises generic code of another module only then.
@usableFromInline
package struct ByteWriter {
    /// The written bytes; what writes bytes of its own may add to them.
    @usableFromInline
    package var bytes: [UInt8] = []

    /// Creates a writer of nothing.
    ///
    /// - Parameter capacity: The bytes that are likely to be written.
    package init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// Writes a number.
    @inlinable
    package mutating func write(_ number: some FixedWidthInteger & BitwiseCopyable) {
        unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    /// Writes numbers, without their count.
    @inlinable
    package mutating func write<Number: BitwiseCopyable>(contentsOf numbers: [Number]) {
        unsafe numbers.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }

    /// Writes numbers in single precision, the most significant byte of each first.
    package mutating func write(bigEndian numbers: [Float]) {
        // A map checks for room at each number and is not vectorised.
        write(
            contentsOf: unsafe [UInt32](unsafeUninitializedCapacity: numbers.count) { swapped, count in
                for index in numbers.indices { unsafe swapped[index] = numbers[index].bitPattern.bigEndian }
                count = numbers.count
            }
        )
    }

    /// Writes numbers, without their count.
    package mutating func write<Number>(_ numbers: NumberArray<Number>) {
        numbers.withBytes(0..<numbers.count) { part in
            unsafe part.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        }
    }

    /// Writes zeros up to the next multiple of `alignment`.
    package mutating func pad(to alignment: Int) {
        bytes.append(contentsOf: repeatElement(0, count: (alignment - bytes.count % alignment) % alignment))
    }
}
