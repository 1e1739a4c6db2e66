internal import RecCompute
internal import RecCore
internal import RecFiles

/// Checksums of the items of an opened file, each verified at its first use.
///
/// So a large index opens at once, and damaged data is still never used.
final class FirstUseChecks: Sendable {
    private let path: String
    private let checksums: NumberArray<UInt32>
    private let isChecked: AtomicBits

    /// - Parameters:
    ///   - path: The file, for errors.
    ///   - checksums: The checksum of each item.
    init(path: String, checksums: NumberArray<UInt32>) {
        self.path = path
        self.checksums = checksums
        isChecked = AtomicBits(count: checksums.count)
    }

    /// Whether an item was verified.
    func hasChecked(_ item: Int) -> Bool { isChecked[item] }

    /// Checks the given items that are not verified yet.
    ///
    /// - Parameters:
    ///   - items: The numbers of the items.
    ///   - what: The name of an item, for errors.
    ///   - checksum: The present checksum of an item, or `nil` when it breaks a rule.
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
