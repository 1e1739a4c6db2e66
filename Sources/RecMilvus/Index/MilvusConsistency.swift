/// The changes that a search must see, and so what it may wait for.
///
/// Milvus stamps changes by a clock that ticks every 200 milliseconds, and a search that must see the latest waits for
/// the next tick.
public enum MilvusConsistency: Int, Sendable, Hashable, CaseIterable {
    /// All changes that anyone made before: each search waits up to two ticks.
    case strong = 0
    /// All changes that were made by the same ``MilvusIndex`` and its copies, and all others but those of the last
    /// seconds. A search waits only when it follows a change of its own within a tick.
    case session = 1
    /// All changes but those of the last seconds, a time that the server sets; no search waits.
    case bounded = 2
    /// What happens to be there; no search waits.
    case eventually = 3
}
