internal import RecCore

extension LiveIndex {
    /// The time at which changes are on the disk.
    public enum Durability: Sendable, Hashable {
        /// When the call that makes them returns.
        case everyCall

        /// When the next `flush()` returns.
        ///
        /// When a process ends, even by a signal, no change is lost. When the machine fails, the changes since the last
        /// flush may be lost, always complete calls, the latest first.
        case onFlush
    }

    /// The use of memory, disk and background work in a live index.
    public struct Options: Sendable, Hashable {
        package var durability: Durability
        package var memoryLimit: Int
        package var graph: Bool

        /// The number of segment files above which the smallest ones are merged.
        package var maximumSegmentCount: Int = 8

        /// The share of a segment's products that may be removed or replaced before it is rewritten, from 0 to 1.
        ///
        /// Such products take space on the disk, but searches skip them.
        package var maximumDeadShare: Double = 1.0 / 3

        /// Creates options; they are checked when the index is opened.
        ///
        /// - Parameters:
        ///   - durability: The time at which changes are on the disk.
        ///   - memoryLimit: The approximate bytes of changes in memory and in the log; above it, they are written to a
        ///     segment file. Opening the index reads as many bytes again. When changes arrive faster than segments are
        ///     written, there may be four times as many; further changes then wait.
        ///   - graph: Whether segment files from 1,000 products on get a graph, for
        ///     ``SearchEffort/navigating(candidates:)``. They do in any case once there is one with a graph.
        public init(durability: Durability = .everyCall, memoryLimit: Int = 16 << 20, graph: Bool = false) {
            self.durability = durability
            self.memoryLimit = memoryLimit
            self.graph = graph
        }

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
