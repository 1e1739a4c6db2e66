internal import Synchronization

/// The identity of a segment in this process; a later one is greater.
struct SegmentID: Sendable, Hashable, Comparable {
    private let number: UInt64

    private static let count = Atomic<UInt64>(0)

    /// An identity that no other segment has.
    init() {
        number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
    }

    static func < (left: SegmentID, right: SegmentID) -> Bool { left.number < right.number }
}
