package import RecCore

extension RecError.Code {
    /// A published index does not answer as its source does.
    package static let differentAnswers = RecError.Code("different-answers", .internal)
}
