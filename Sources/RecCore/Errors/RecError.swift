/// The one error that every module of this package throws.
///
/// Match on ``code`` to distinguish faults and on ``kind`` to answer a request. Never match on the message: its words
/// may change. Hosts that implement a protocol of this package may throw it too, with codes of their own.
///
/// ```swift
/// do {
///     return try await recommender.similar(to: id, count: 10)
/// } catch let error as RecError {
///     guard error.code == .unknownProduct else { throw error }
///     return []
/// }
/// ```
public struct RecError: Error, Sendable, Hashable {
    /// The stable code of the fault.
    public let code: Code

    /// The file or folder that caused the error, if any.
    public let path: String?

    /// The line of the file, counted from 1, if any.
    public let line: Int?

    /// A description of the fault and its remedy; begins with the path and the line.
    public let message: String

    /// Creates an error; `message` is prefixed by the path and the line where there are any.
    public init(_ code: Code, path: String? = nil, line: Int? = nil, _ message: String) {
        self.code = code
        self.path = path
        self.line = line
        let place = [path, line.map { "line \($0)" }].compactMap(\.self).joined(separator: ", ")
        self.message = place.isEmpty ? message : "\(place): \(message)"
    }

    /// The kind of the code, which decides the HTTP status.
    public var kind: Kind { code.kind }

    /// The same error with a path; unchanged when it has one already.
    package func at(_ path: String?) -> RecError {
        self.path == nil ? RecError(code, path: path, line: line, message) : self
    }
}

extension RecError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
