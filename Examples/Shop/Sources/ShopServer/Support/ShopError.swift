import Hummingbird

/// An error of the server itself; those of the library are `RecError`.
struct ShopError: Error {
    let status: HTTPResponse.Status
    /// A stable name for programs.
    let code: String
    /// What is wrong and what to do, for people.
    let message: String
    var headers: HTTPFields = [:]
}

extension ShopError {
    static func invalidRequest(_ message: String) -> ShopError {
        ShopError(status: .badRequest, code: "invalid-request", message: message)
    }

    static func invalidProduct(_ message: String) -> ShopError {
        ShopError(status: .unprocessableContent, code: "invalid-product", message: message)
    }

    static let notFound = ShopError(
        status: .notFound,
        code: "not-found",
        message: "No route has this path and method; see /openapi.json."
    )

    static let noPicture = ShopError(status: .notFound, code: "no-picture", message: "The product has no picture.")

    static let readOnly = ShopError(
        status: .conflict,
        code: "read-only",
        message: "The index is a file, which cannot be changed. Copy it into a live folder with 'rec-demo publish' and "
            + "start the server with that."
    )

    static let noUploads = ShopError(
        status: .conflict,
        code: "no-uploads",
        message: "The server has nowhere to store pictures. Start it with --uploads FOLDER."
    )

    static let noPictureSearch = ShopError(
        status: .conflict,
        code: "no-picture-search",
        message: "The server has no network for pictures. Start it with the weights that the index was built with."
    )

    static func tooLarge(_ limit: Int) -> ShopError {
        ShopError(
            status: .contentTooLarge,
            code: "body-too-large",
            message: "The body is larger than \(limit) bytes. Send a smaller one."
        )
    }

    static func unauthorized(_ message: String) -> ShopError {
        ShopError(
            status: .unauthorized,
            code: "unauthorized",
            message: message,
            headers: [.wwwAuthenticate: "Bearer"]
        )
    }

    static let tooManyFailures = ShopError(
        status: .tooManyRequests,
        code: "too-many-failures",
        message: "Too many requests had a wrong token. Try again later.",
        headers: [.retryAfter: "60"]
    )

    static let busy = ShopError(
        status: .serviceUnavailable,
        code: "queue-full",
        message: "The server is busy with other pictures. Try again later."
    )

    static let busyWithBodies = ShopError(
        status: .serviceUnavailable,
        code: "busy",
        message: "The server is busy with other requests. Try again later."
    )

    static let tooSlow = ShopError(
        status: .serviceUnavailable,
        code: "deadline-exceeded",
        message: "The request took too long. Try again later."
    )

    static let shuttingDown = ShopError(
        status: .serviceUnavailable,
        code: "shutting-down",
        message: "The server is shutting down. Try again later."
    )

    static let reloading = ShopError(
        status: .serviceUnavailable,
        code: "reloading",
        message: "A reload is already in progress. Try again later."
    )
}
