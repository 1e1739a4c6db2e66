import NIOCore

/// Bytes with a strong validator (`ETag`), which is equal for equal bytes only.
struct TaggedBytes: Sendable {
    let bytes: ByteBuffer
    let tag: String

    /// Hashes the bytes.
    init(_ bytes: ByteBuffer) {
        self.bytes = bytes
        tag = Array(SHA256.digest(of: Array(bytes.readableBytesView)).prefix(12)).hexadecimal
    }
}
