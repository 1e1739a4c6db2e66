internal import RecCore
internal import RecMath

extension SymmetricEigen {
    /// The eigenvalues of a covariance, at most `limit`, that are not rounding error, with their eigenvectors.
    ///
    /// - Throws: `RecError` with code `fittingFailed` when there are none, or fewer than `wanted`, or they do not
    ///   converge, which does not happen in practice; `CancellationError`.
    static func significant(
        of covariance: LaneMatrix,
        limit: Int? = nil,
        atLeast wanted: Int?,
        progress: (Double) -> Void
    ) throws -> SymmetricEigen {
        let all: SymmetricEigen
        do {
            all = try SymmetricEigen(covariance, limit: limit, progress: progress)
        } catch is ConvergenceFailure {
            throw RecError(.fittingFailed, "The eigenvalues of the covariance did not converge.")
        }
        let greatest = all.values.first ?? 0
        let count = greatest > 0 ? all.values.count { $0 > greatest * 1e-10 } : 0
        guard count > 0 else {
            throw RecError(
                .fittingFailed,
                "The vectors of the sample are all alike; there is no direction to find."
            )
        }
        guard count >= wanted ?? 0 else {
            throw RecError(
                .fittingFailed,
                "The sample has \(count) directions, and \(wanted ?? 0) are wanted. Hand in more vectors, or ask for fewer."
            )
        }
        return all.prefix(count)
    }
}
