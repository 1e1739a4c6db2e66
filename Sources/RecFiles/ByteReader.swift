#if _endian(big)
#error("Files are little endian and read in place, so big-endian machines are not supported.")
#endif

/// Reads little-endian numbers from a stretch of a mapped file or from an array of bytes, never past its end.
///
/// Usable from inline code, since the compiler specialises generic code of another module only then.
@safe
@usableFromInline
package struct ByteReader {
    /// Fewer bytes remain than requested.
    @usableFromInline
    package struct EndOfData: Error {
        /// Creates the error, for readers of a format who find less than it demands.
        @inlinable
        package init() {}
    }

    @usableFromInline
    enum Source {
        case file(MappedFile)
        case bytes([UInt8])

        @inlinable
        func withBytes<Value>(_ body: (RawSpan) -> Value) -> Value {
            switch self {
            case .file(let file): file.withBytes(body)
            case .bytes(let bytes): unsafe body(bytes.span.bytes)
            }
        }
    }

    @usableFromInline
    let source: Source
    @usableFromInline
    let end: Int

    /// Where the next byte is read, counted from the start of the file or the array.
    @usableFromInline
    package internal(set) var position: Int

    /// Creates a reader of part of a file.
    ///
    /// - Precondition: `range` lies within the file.
    package init(_ file: MappedFile, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= file.count, "the range must lie in the file")
        source = .file(file)
        position = range.lowerBound
        end = range.upperBound
    }

    /// Creates a reader of an array.
    package init(_ bytes: [UInt8]) {
        source = .bytes(bytes)
        position = 0
        end = bytes.count
    }

    /// The number of bytes that are left.
    @inlinable
    package var remaining: Int { end - position }

    /// Reads one number.
    @inlinable
    package mutating func read<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type
    ) throws(EndOfData) -> Number {
        let range = try take(MemoryLayout<Number>.size)
        return source.withBytes { bytes in
            unsafe bytes.unsafeLoadUnaligned(fromByteOffset: range.lowerBound, as: type)
        }
    }

    /// Reads a count that was written as 64 bits, of things that take `size` bytes each at least.
    ///
    /// A count that the bytes left cannot hold ends the data, so nothing of that size is ever allocated.
    package mutating func readCount(ofSize size: Int) throws(EndOfData) -> Int {
        let count = try read(UInt64.self)
        guard count <= UInt64(remaining / size) else { throw EndOfData() }
        return Int(count)
    }

    /// Reads several numbers.
    @inlinable
    package mutating func readArray<Number: BitwiseCopyable>(
        of type: Number.Type,
        count: Int
    ) throws(EndOfData) -> [Number] {
        let size = count.multipliedReportingOverflow(by: MemoryLayout<Number>.stride)
        guard !size.overflow else { throw EndOfData() }
        let range = try take(size.partialValue)
        return source.withBytes { bytes in
            unsafe bytes.extracting(range).withUnsafeBytes { source in
                unsafe [Number](unsafeUninitializedCapacity: count) { target, initialized in
                    unsafe UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
                    initialized = count
                }
            }
        }
    }

    /// Reads a text of some bytes, or `nil` when they are not UTF-8.
    package mutating func readText(byteCount: Int) throws(EndOfData) -> String? {
        let range = try take(byteCount)
        return source.withBytes { bytes in bytes.extracting(range).validText }
    }

    /// Passes over some bytes.
    package mutating func skip(_ byteCount: Int) throws(EndOfData) {
        _ = try take(byteCount)
    }

    /// Reads several numbers in single precision, the most significant byte of each first.
    package mutating func readBigEndianFloats(count: Int) throws(EndOfData) -> [Float] {
        let size = MemoryLayout<UInt32>.size
        let all = count.multipliedReportingOverflow(by: size)
        guard !all.overflow else { throw EndOfData() }
        let range = try take(all.partialValue)
        return source.withBytes { bytes in
            unsafe bytes.extracting(range).withUnsafeBytes { source in
                // A map checks for room at each number.
                unsafe [Float](unsafeUninitializedCapacity: count) { floats, initialized in
                    for index in 0..<count {
                        let number = unsafe source.loadUnaligned(fromByteOffset: index * size, as: UInt32.self)
                        unsafe floats[index] = Float(bitPattern: UInt32(bigEndian: number))
                    }
                    initialized = count
                }
            }
        }
    }

    /// Reads several numbers, in place where they lie aligned in a mapped file.
    package mutating func readNumbers<Number: BitwiseCopyable & Sendable>(
        of type: Number.Type,
        count: Int
    ) throws(EndOfData) -> NumberArray<Number> {
        guard case .file(let file) = source, position % MemoryLayout<Number>.alignment == 0 else {
            return NumberArray(try readArray(of: type, count: count))
        }
        let size = count.multipliedReportingOverflow(by: MemoryLayout<Number>.stride)
        guard !size.overflow else { throw EndOfData() }
        return NumberArray(file, offset: try take(size.partialValue).lowerBound, count: count)
    }

    @usableFromInline
    mutating func take(_ count: Int) throws(EndOfData) -> Range<Int> {
        guard count >= 0, count <= remaining else { throw EndOfData() }
        defer { position += count }
        return position..<position + count
    }
}
