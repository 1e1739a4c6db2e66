internal import RecCompute

/// The origin of the directions of codes; codes with the same directions share it.
///
/// Such codes can also share the projections of a query, and can be copied from one segment to another.
package final class CodeOrigin: Sendable {
    private let prepared = LockedValue<CodeDirections??>(nil)

    /// Creates the origin of new directions.
    package init() {}

    /// The directions of some codes of this origin, ready for other rows; computed at the first call.
    ///
    /// - Complexity: O(directions² * dimension) the first time
    func directions(of codes: ProductCodes) -> CodeDirections? {
        prepared.withLock { prepared in
            if let known = prepared { return known }
            let made = CodeDirections(codes)
            prepared = .some(made)
            return made
        }
    }
}
