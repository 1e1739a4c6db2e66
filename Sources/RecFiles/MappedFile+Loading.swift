extension MappedFile {
    /// The little-endian integer that starts at a byte of the file, or `nil` when it does not lie within the file.
    package func littleEndian<Integer: FixedWidthInteger & BitwiseCopyable>(
        _ type: Integer.Type,
        at offset: Int
    ) -> Integer? {
        withBytes { $0.littleEndian(type, at: offset) }
    }

    /// A copy of some bytes of the file, or `nil` when they do not all lie within it.
    package func bytes(at offset: Int, count: Int) -> [UInt8]? {
        guard offset >= 0, count >= 0, offset <= self.count - count else { return nil }
        return withBytes { $0.extracting(offset..<offset + count).array }
    }

    /// Numbers stored in some bytes of the file as `Float`, or `nil` when they do not all lie within it.
    package func floats(at offset: Int, count: Int, encoding: NumberEncoding) -> [Float]? {
        guard let range = range(at: offset, count: count, encoding: encoding) else { return nil }
        return withBytes { encoding.floats(in: $0.extracting(range)) }
    }

    /// Whole numbers stored in some bytes of the file, or `nil` when they do not all lie within it or are no integers.
    package func integers(at offset: Int, count: Int, encoding: NumberEncoding) -> [Int64]? {
        guard let range = range(at: offset, count: count, encoding: encoding) else { return nil }
        return withBytes { encoding.integers(in: $0.extracting(range)) }
    }

    /// Numbers of 64 bits, or `nil` when they do not all lie within the file.
    package func doubles(at offset: Int, count: Int) -> [Double]? {
        guard let range = range(at: offset, count: count, encoding: .int64) else { return nil }
        let bits = withBytes { NumberEncoding.int64.integers(in: $0.extracting(range)) }
        return bits?.map { Double(bitPattern: UInt64(bitPattern: $0)) }
    }

    private func range(at offset: Int, count: Int, encoding: NumberEncoding) -> Range<Int>? {
        let (byteCount, overflow) = count.multipliedReportingOverflow(by: encoding.byteCount)
        guard !overflow, count >= 0, offset >= 0, offset <= self.count - byteCount else { return nil }
        return offset..<offset + byteCount
    }
}
