extension RawSpan {
    /// The little-endian integer that starts at a byte, or `nil` when it does not lie within the bytes.
    package func littleEndian<Integer: FixedWidthInteger & BitwiseCopyable>(
        _ type: Integer.Type,
        at offset: Int
    ) -> Integer? {
        guard offset >= 0, offset <= byteCount - MemoryLayout<Integer>.size else { return nil }
        return unsafe Integer(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: Integer.self))
    }

    /// A copy of the bytes.
    package var array: [UInt8] {
        unsafe withUnsafeBytes { unsafe [UInt8]($0) }
    }
}
