public import RecCore

extension LiveIndex {
    /// What a live index is made of at the moment, for a host's own metrics.
    public struct Status: Sendable, Hashable {
        /// The number of products.
        package let count: Int

        /// The number of the last call that changed something; calls are numbered from 1.
        package let version: UInt64

        /// The number of segment files.
        package let segmentCount: Int

        /// The number of products that are in memory and in the log only.
        package let memoryCount: Int

        /// The number of products that were removed or replaced and still take space.
        package let deadCount: Int

        /// The bytes of changes that the next sealing will put into a segment file.
        package let logSize: Int

        /// Why the last sealing or compaction in the background failed, if it did; it is tried again.
        ///
        /// Nothing is lost then: the changes stay in memory and in the log.
        public let maintenanceError: RecError?
    }
}
