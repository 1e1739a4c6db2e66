internal import RecPlatform

/// Which rows of an opened file have been found to be what was written.
///
/// A row is checked when it is used for the first time, so that a large index opens at once and damage is still never
/// taken for a vector.
final class RowChecks: Sendable {
    private let path: String
    private let checksums: NumberArray<UInt32>
    private let isChecked: AtomicBits

    /// - Parameters:
    ///   - path: The file, for errors.
    ///   - checksums: That of each row.
    init(path: String, checksums: NumberArray<UInt32>) {
        self.path = path
        self.checksums = checksums
        isChecked = AtomicBits(count: checksums.count)
    }

    /// Checks those of some rows that were not checked before.
    ///
    /// - Throws: ``RecIndexError`` with code `corrupt`.
    func check(_ range: Range<Int>, of rows: FloatRows, isPresent: NumberArray<UInt8>) throws(RecIndexError) {
        for row in range where !isChecked[row] {
            let square = rows.squaredLength(of: row)
            // Written this way round so that NaN fails.
            let isUnit = isPresent[row] == 1 ? abs(square - 1) < 1e-4 : square == 0
            guard isUnit, rows.withBytes(row..<row + 1, { CRC32C.of($0) }) == checksums[row] else {
                throw RecIndexError(.corrupt("the vector of product number \(row) is not what was written"), path: path)
            }
            isChecked.set(row)
        }
    }
}
