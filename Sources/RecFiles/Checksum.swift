internal import CRecKernels
package import RecCompute

/// CRC-32C (Castagnoli), the checksum of every section of our files.
///
/// It finds accidental damage; it does not protect against deliberate changes.
package struct CRC32C: Sendable {
    /// The checksum of the bytes so far.
    package private(set) var value: UInt32 = 0

    /// Creates the checksum of no bytes.
    package init() {}

    /// Continues with more bytes.
    package mutating func update(_ bytes: RawSpan) {
        value = unsafe bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return value }
            return unsafe ProcessorLevel.best.kernels.pointee.checksum.crc32c(
                value,
                base.assumingMemoryBound(to: UInt8.self),
                buffer.count
            )
        }
    }

    /// The checksum of some bytes.
    package static func of(_ bytes: RawSpan) -> UInt32 {
        var checksum = CRC32C()
        checksum.update(bytes)
        return checksum.value
    }

    /// The checksum of an array of bytes.
    package static func of(_ bytes: [UInt8]) -> UInt32 {
        unsafe of(bytes.span.bytes)
    }

    /// Continues with more bytes.
    package mutating func update(_ bytes: [UInt8]) {
        unsafe update(bytes.span.bytes)
    }

    /// The checksum by the kernel of a level, for tests to compare.
    package static func of(_ bytes: [UInt8], level: ProcessorLevel) -> UInt32 {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            return unsafe level.kernels.pointee.checksum.crc32c(0, base, buffer.count)
        }
    }
}
