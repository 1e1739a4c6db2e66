public import RecCore

extension RecCoreError.Code {
    /// An attribute that takes part in a score was to judge it.
    public static let leakingJudge = RecCoreError.Code(description: "leaking-judge")

    /// Vectors are too few, or too much alike, to fit what is asked for, or the fitting did not come to an end.
    public static let fittingFailed = RecCoreError.Code(description: "fitting-failed")
}
