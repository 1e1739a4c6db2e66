extension RawSpan {
    /// The little-endian floats that the bytes hold.
    ///
    /// - Precondition: The number of bytes is a multiple of four.
    package var floats: [Float] {
        let count = byteCount / MemoryLayout<Float>.size
        return unsafe withUnsafeBytes { source in
            unsafe [Float](unsafeUninitializedCapacity: count) { target, initialized in
                unsafe UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
                initialized = count
            }
        }
    }

    /// The bytes as text, or `nil` when they are not UTF-8.
    var validText: String? {
        unsafe withUnsafeBytes { unsafe String(validating: $0, as: UTF8.self) }
    }
}

extension [UInt8] {
    /// Appends the bytes of floats, little-endian.
    package mutating func append(littleEndian floats: [Float]) {
        unsafe floats.withUnsafeBytes { unsafe append(contentsOf: $0) }
    }

    /// Lends the bytes as a span.
    package func withBytes<Value>(_ body: (RawSpan) throws -> Value) rethrows -> Value {
        try body(unsafe span.bytes)
    }
}
