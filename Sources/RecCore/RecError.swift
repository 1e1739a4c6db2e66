/// An error of this package: a stable code to match on and a message that says what to do.
///
/// Each module throws one concrete type (``RecCoreError`` here) whose `code` is a struct of static members, so that
/// new codes can be added without breaking a `switch`. Never match on the message.
public protocol RecError: Error, Sendable, CustomStringConvertible {
    /// The stable name of the code in kebab case, for logs and JSON.
    var codeName: String { get }

    /// What was wrong with which thing, and what to do about it.
    var message: String { get }
}

extension RecError {
    /// The message.
    public var description: String { message }
}
