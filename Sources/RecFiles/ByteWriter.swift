/// Writes little-endian numbers one after another; the counterpart of ``ByteReader``.
package struct ByteWriter {
    @usableFromInline
    var storage: [UInt8] = []

    /// The written bytes.
    @inlinable
    package var bytes: [UInt8] { storage }

    /// Creates a writer of nothing.
    ///
    /// - Parameter capacity: The bytes that are likely to be written.
    package init(capacity: Int = 0) {
        storage.reserveCapacity(capacity)
    }

    /// Writes a number.
    @inlinable
    package mutating func write(_ number: some FixedWidthInteger & BitwiseCopyable) {
        unsafe withUnsafeBytes(of: number.littleEndian) { unsafe storage.append(contentsOf: $0) }
    }

    /// Writes numbers, without their count.
    @inlinable
    package mutating func write<Number: BitwiseCopyable>(contentsOf numbers: [Number]) {
        unsafe numbers.withUnsafeBytes { unsafe storage.append(contentsOf: $0) }
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
            unsafe part.withUnsafeBytes { unsafe storage.append(contentsOf: $0) }
        }
    }

    /// Writes zeros up to the next multiple of `alignment`.
    package mutating func pad(to alignment: Int) {
        storage.append(contentsOf: repeatElement(0, count: (alignment - storage.count % alignment) % alignment))
    }
}
