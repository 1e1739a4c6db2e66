internal import RecCompute
internal import RecCore
internal import RecFiles

/// Which items of an opened file have been found to be what was written.
///
/// An item is checked when it is used for the first time, so that a large index opens at once and damage is still never
/// taken for data.
final class FirstUseChecks: Sendable {
    private let path: String
    private let checksums: NumberArray<UInt32>
    private let isChecked: AtomicBits

    /// - Parameters:
    ///   - path: The file, for errors.
    ///   - checksums: That of each item.
    init(path: String, checksums: NumberArray<UInt32>) {
        self.path = path
        self.checksums = checksums
        isChecked = AtomicBits(count: checksums.count)
    }

    /// Whether an item was found to be good.
    func hasChecked(_ item: Int) -> Bool { isChecked[item] }

    /// Checks those of some items that were not checked before.
    ///
    /// - Parameters:
    ///   - items: Their numbers.
    ///   - what: What an item is, for errors.
    ///   - checksum: The checksum of what an item is now, or `nil` when it breaks a rule.
    /// - Throws: `RecError` with code `corrupt`.
    func check(
        _ items: some Sequence<Int>,
        _ what: String,
        checksum: (Int) -> UInt32?
    ) throws(RecError) {
        for item in items where !isChecked[item] {
            guard checksum(item) == checksums[item] else {
                throw RecError(.corrupt("\(what) number \(item) is not what was written"), path: path)
            }
            isChecked.set(item)
        }
    }
}
