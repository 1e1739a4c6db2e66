package import RecCore

extension RecError.Code {
    /// A published index does not answer as its source does.
    package static let differentAnswers = RecError.Code("different-answers", .internal)
    /// Too many products have nearly the same score to list them all and prefer some by their identifiers.
    package static let tooManyTies = RecError.Code("too-many-ties", .unprocessable)
}
