/// The file that a segment of a live index lies in.
struct SegmentFile: Sendable, Hashable {
    /// The number in the file's name; never given twice.
    let number: UInt64

    /// The size in bytes.
    let size: UInt64

    /// The checksum of the first bytes, which hold the checksums of all others.
    let fingerprint: UInt32
}
