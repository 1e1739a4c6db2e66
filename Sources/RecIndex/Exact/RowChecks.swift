internal import RecPlatform
internal import Synchronization

/// Which rows of an opened file have been found to be what was written.
///
/// A row is checked when it is used for the first time, so that a large index opens at once and damage is still never
/// taken for a vector.
final class RowChecks: Sendable {
    private let path: String
    private let checksums: NumberArray<UInt32>
    private let isChecked: Mutex<[UInt64]>
    private let unchecked: Atomic<Int>

    /// - Parameters:
    ///   - path: The file, for errors.
    ///   - checksums: That of each row.
    init(path: String, checksums: NumberArray<UInt32>) {
        self.path = path
        self.checksums = checksums
        isChecked = Mutex([UInt64](repeating: 0, count: (checksums.count + 63) / 64))
        unchecked = Atomic(checksums.count)
    }

    /// Checks those of some rows that were not checked before.
    ///
    /// - Throws: ``RecIndexError`` with code `corrupt`.
    func check(_ range: Range<Int>, of rows: FloatRows, isPresent: NumberArray<UInt8>) throws(RecIndexError) {
        guard unchecked.load(ordering: .acquiring) > 0 else { return }
        for row in range {
            let word = row / 64
            let bit = UInt64(1) << UInt64(row % 64)
            if isChecked.withLock({ $0[word] & bit != 0 }) { continue }
            let square = rows.squaredLength(of: row)
            // Written this way round so that NaN fails.
            let isUnit = isPresent[row] == 1 ? abs(square - 1) < 1e-4 : square == 0
            guard isUnit, rows.withBytes(row..<row + 1, { CRC32C.of($0) }) == checksums[row] else {
                throw RecIndexError(.corrupt("the vector of product number \(row) is not what was written"), path: path)
            }
            let isNew = isChecked.withLock { words in
                defer { words[word] |= bit }
                return words[word] & bit == 0
            }
            if isNew { unchecked.subtract(1, ordering: .releasing) }
        }
    }
}
