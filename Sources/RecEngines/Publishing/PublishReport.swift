/// The outcome of publishing an index.
package struct PublishReport: Sendable, Hashable {
    /// Products that were added or replaced.
    package var written = 0

    /// Products that the target had already, as they are.
    package var unchanged = 0

    /// Products that the target had and the source has not.
    package var removed = 0

    /// Queries whose answers were compared at the end.
    package var compared = 0

    /// Creates the outcome of nothing.
    package init() {}
}
