internal import CRecKernels
package import RecCompute

/// SHA-256 (FIPS 180-4), which identifies weight files and the scripts of a page.
///
/// Bytes come in pieces of any length. Whole blocks of 64 are read where they lie; only the fewer than 64 bytes behind
/// them are kept.
///
/// It is for public data only: it does not clear its memory, and it has not been examined for side channels.
package struct SHA256: Sendable {
    private static let blockSize = 64

    private let level: ProcessorLevel
    /// Eight words; at first 32 bits behind the point of the square roots of the first eight primes.
    private var state: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]
    /// What does not fill a block yet.
    private var rest: [UInt8] = []
    private var count: UInt64 = 0

    /// The hash of no bytes, by the kernel of a level.
    package init(level: ProcessorLevel = .best) {
        self.level = level
    }

    /// Continues with more bytes.
    package mutating func update(_ bytes: RawSpan) {
        count += UInt64(bytes.byteCount)
        var bytes = bytes
        if !rest.isEmpty {
            let missing = Self.blockSize - rest.count
            keep(bytes.extracting(first: missing))
            bytes = bytes.extracting(droppingFirst: missing)
            guard rest.count == Self.blockSize else { return }
            let block = rest
            rest = []
            fold(unsafe block.span.bytes)
        }
        let whole = bytes.byteCount / Self.blockSize * Self.blockSize
        fold(bytes.extracting(first: whole))
        keep(bytes.extracting(droppingFirst: whole))
    }

    /// Continues with more bytes.
    package mutating func update(_ bytes: [UInt8]) {
        update(unsafe bytes.span.bytes)
    }

    /// The 32 bytes of the digest of all bytes so far; more may follow.
    package var digest: [UInt8] {
        // A bit, zeros, and in the last eight bytes of a block the number of bits.
        let length = MemoryLayout<UInt64>.size
        var end = rest
        end.append(0x80)
        end.append(contentsOf: repeatElement(0, count: (2 * Self.blockSize - end.count - length) % Self.blockSize))
        Self.appendBigEndian(count * 8, to: &end)
        var whole = self
        whole.fold(unsafe end.span.bytes)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        for word in whole.state { Self.appendBigEndian(word, to: &bytes) }
        return bytes
    }

    /// The digest as 64 lower-case hexadecimal digits.
    package var hexadecimal: String {
        digest.reduce(into: "") { text, byte in
            text += byte < 16 ? "0" : ""
            text += String(byte, radix: 16)
        }
    }

    private mutating func keep(_ bytes: RawSpan) {
        unsafe bytes.withUnsafeBytes { unsafe rest.append(contentsOf: $0) }
    }

    private mutating func fold(_ blocks: RawSpan) {
        unsafe blocks.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, buffer.count > 0 else { return }
            unsafe level.kernels.pointee.digest.sha256(
                &state,
                base.assumingMemoryBound(to: UInt8.self),
                buffer.count / Self.blockSize
            )
        }
    }

    private static func appendBigEndian(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        for shift in stride(from: value.bitWidth - 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}
