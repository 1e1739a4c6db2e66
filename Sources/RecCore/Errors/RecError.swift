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
    private let fault: Fault

    /// Creates an error; `message` is prefixed by the path and the line where there are any.
    public init(_ code: Code, path: String? = nil, line: Int? = nil, _ message: String) {
        fault = Fault(code, path, line, message)
    }

    /// The stable code of the fault.
    public var code: Code { fault.code }

    /// The file or folder that caused the error, if any.
    public var path: String? { fault.path }

    /// The line of the file, counted from 1, if any.
    public var line: Int? { fault.line }

    /// A description of the fault and its remedy; begins with the path and the line.
    public var message: String { fault.message }

    /// The kind of the code, which decides the HTTP status.
    public var kind: Kind { code.kind }

    /// The same error with a path; unchanged when it has one already.
    package func at(_ path: String?) -> RecError {
        self.path == nil ? RecError(code, path: path, line: line, message) : self
    }
}

extension RecError {
    // A reference to what an error says, not nine words, passes through each call that throws: calls stay small, and
    // quick to compile.
    private final class Fault: Sendable, Hashable {
        let code: Code
        let path: String?
        let line: Int?
        let message: String

        init(_ code: Code, _ path: String?, _ line: Int?, _ message: String) {
            self.code = code
            self.path = path
            self.line = line
            let place = [path, line.map { "line \($0)" }].compactMap(\.self).joined(separator: ", ")
            self.message = place.isEmpty ? message : "\(place): \(message)"
        }

        static func == (one: Fault, other: Fault) -> Bool {
            one.code == other.code && one.path == other.path && one.line == other.line && one.message == other.message
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(code)
            hasher.combine(path)
            hasher.combine(line)
            hasher.combine(message)
        }
    }
}

extension RecError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
