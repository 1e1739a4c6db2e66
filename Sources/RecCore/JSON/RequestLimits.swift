/// The limits of a request in JSON.
enum RequestLimits {
    /// Likes, and dislikes.
    static let examples = 1000
    /// Likes and dislikes together where each is searched for by itself.
    static let separateExamples = 100
    /// Seen products.
    static let seen = 10_000
    static let pinned = 100
    static let groups = 16
    /// Attributes of a filter.
    static let attributes = 64
    /// Values of an attribute of a filter.
    static let values = 1000
    /// Products of an answer.
    static let count = 1000
    /// Products of an answer and before it.
    static let lastProduct = 10_000
    /// Products of an answer and before it that are chosen one by one, for diversity or groups.
    static let lastChosenProduct = 1000
    /// Ages and half-lives: about three hundred years.
    static let seconds = 1e10
}
