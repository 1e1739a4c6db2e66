internal import Synchronization

/// Where codes have their directions from: the same one for all codes that share them.
///
/// Projections of a query can be shared as well then, and codes copied from one segment to another.
package final class CodeOrigin: Sendable {
    private let prepared = Mutex<CodeDirections??>(nil)

    /// Creates the origin of new directions.
    package init() {}

    /// The directions of some codes of this origin, ready for other rows; made when asked for the first time.
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
