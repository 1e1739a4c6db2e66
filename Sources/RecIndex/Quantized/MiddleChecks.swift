internal import RecPlatform

/// Which slots of an opened file have middle codes that were found to be what was written; checked at first use.
final class MiddleChecks: Sendable {
    private let path: String
    private let checksums: NumberArray<UInt32>
    private let isChecked: AtomicBits

    /// - Parameters:
    ///   - path: The file, for errors.
    ///   - checksums: That of each slot.
    init(path: String, checksums: NumberArray<UInt32>) {
        self.path = path
        self.checksums = checksums
        isChecked = AtomicBits(count: checksums.count)
    }

    /// Checks those of some slots that were not checked before.
    ///
    /// - Throws: ``RecIndexError`` with code `corrupt`.
    func check(_ candidates: [CodeCandidate], of codes: ProductCodes) throws(RecIndexError) {
        for candidate in candidates where !isChecked[Int(candidate.slot)] {
            let slot = Int(candidate.slot)
            guard codes.middleChecksum(of: slot) == checksums[slot] else {
                throw RecIndexError(.corrupt("the codes in slot \(slot) are not what was written"), path: path)
            }
            isChecked.set(slot)
        }
    }
}

extension ProductCodes {
    /// Checks all middle codes that were not checked before.
    ///
    /// - Throws: ``RecIndexError`` with code `corrupt`.
    func check() throws(RecIndexError) {
        try checks?.check((0..<slots).map { CodeCandidate(score: 0, slot: UInt32($0)) }, of: self)
    }

    /// The checksum of the middle codes of a slot, followed by its middle tails.
    func middleChecksum(of slot: Int) -> UInt32 {
        var checksum = CRC32C()
        let size = middleChunks * Self.chunk
        middle.withBytes(slot * size..<(slot + 1) * size) { checksum.update($0) }
        middleTails.withBytes(slot * middleChunks..<(slot + 1) * middleChunks) { checksum.update($0) }
        return checksum.value
    }
}
