public import RecCore

extension RecError.Code {
    /// An attribute that takes part in a score was to judge it.
    public static let leakingJudge = RecError.Code("leaking-judge", .invalidRequest)
    /// Vectors are too few, or too much alike, to fit what is asked for, or the fitting did not come to an end.
    public static let fittingFailed = RecError.Code("fitting-failed", .unprocessable)
}
