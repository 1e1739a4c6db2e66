internal import RecCore

extension LiveIndex {
    /// When changes are on the disk.
    public enum Durability: Sendable, Hashable {
        /// When the call that makes them returns.
        case everyCall

        /// When the next `flush()` returns.
        ///
        /// A process that ends, even by a signal, loses nothing all the same; a machine that fails may lose what was
        /// changed since the last flush, and always whole calls, the latest first.
        case onFlush
    }

    /// How a live index trades memory, disk and work in the background.
    public struct Options: Sendable, Hashable {
        /// When changes are on the disk.
        public var durability: Durability = .everyCall

        /// The bytes of changes that are kept in memory and in the log, about; then they are sealed into a segment file.
        ///
        /// Opening the index reads as much again. When changes come faster than they can be sealed, it may be four times as
        /// much; then they wait.
        public var memoryLimit: Int = 16 << 20

        /// The number of segment files above which the smallest ones are merged.
        package var maximumSegmentCount: Int = 8

        /// The share of a segment's products that may be removed or replaced before it is written anew, from 0 to 1.
        ///
        /// Such products cost space on the disk, but searches pass over them.
        package var maximumDeadShare: Double = 1.0 / 3

        /// Creates options.
        public init() {}

        /// Checks the ranges.
        func check() throws(RecError) {
            guard memoryLimit > 0 else {
                throw RecError(.invalidSetting, "memoryLimit is \(memoryLimit); it must be greater than zero.")
            }
            guard maximumSegmentCount > 0 else {
                throw RecError(
                    .invalidSetting,
                    "maximumSegmentCount is \(maximumSegmentCount); it must be greater than zero."
                )
            }
            guard (0...1).contains(maximumDeadShare) else {
                throw RecError(.invalidSetting, "maximumDeadShare is \(maximumDeadShare); it must be from 0 to 1.")
            }
        }
    }
}
