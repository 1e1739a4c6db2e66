extension RecError {
    /// The kinds of faults, each with an HTTP status for the answer.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A parameter of the request is out of its documented range: 400.
        case invalidRequest = "invalid-request"
        /// The requested item does not exist: 404.
        case notFound = "not-found"
        /// The request contradicts what is stored: 409.
        case conflict
        /// A picture or file is larger than the limits allow: 413.
        case tooLarge = "too-large"
        /// A picture or file has a format that is not supported: 415.
        case unsupportedMedia = "unsupported-media"
        /// The request is well formed, but its content cannot be used, such as a damaged picture: 422.
        case unprocessable
        /// A queue is full, another process holds the resource, or a server does not answer; try again later: 503.
        case busy
        /// A file of the server cannot be read or written: 503.
        case storage
        /// Weights, settings or other files given at start-up do not fit: 500.
        case configuration
        /// A part of the program broke its contract: 500.
        case `internal`

        /// The HTTP status code for the answer.
        public var httpStatus: Int {
            switch self {
            case .invalidRequest: 400
            case .notFound: 404
            case .conflict: 409
            case .tooLarge: 413
            case .unsupportedMedia: 415
            case .unprocessable: 422
            case .busy, .storage: 503
            case .configuration, .internal: 500
            }
        }
    }
}
