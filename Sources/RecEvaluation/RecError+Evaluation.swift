package import RecCore

extension RecError.Code {
    /// An attribute would be used both to compute a score and to evaluate it.
    package static let leakingJudge = RecError.Code("leaking-judge", .invalidRequest)
    /// The vectors or queries are too few or too similar to fit to, or the fitting did not converge.
    package static let fittingFailed = RecError.Code("fitting-failed", .unprocessable)
}
