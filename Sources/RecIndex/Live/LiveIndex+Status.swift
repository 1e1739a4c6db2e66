package import RecCore

extension LiveIndex {
    /// The present state of a live index.
    package struct Status: Sendable, Hashable {
        /// The number of products.
        package let count: Int

        /// The number of the last call that made changes; calls are numbered from 1.
        package let version: UInt64

        /// The number of segment files.
        package let segmentCount: Int

        /// The number of products that are only in memory and in the log.
        package let memoryCount: Int

        /// The number of products that were removed or replaced and still take space.
        package let deadCount: Int

        /// The bytes of changes for the next segment file.
        package let logSize: Int

        /// The error of the last segment write or compaction in the background, if it failed; the index retries it.
        ///
        /// No change is lost: all are in memory and in the log.
        package let maintenanceError: RecError?
    }
}
