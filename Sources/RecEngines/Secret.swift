/// A value that no description, reflection or dump of what holds it shows, such as a password.
package struct Secret<Value: Sendable & Hashable>: Sendable, Hashable {
    package let value: Value

    /// Wraps a value.
    package init(_ value: Value) {
        self.value = value
    }
}

extension Secret: CustomStringConvertible, CustomReflectable {
    /// Stars.
    package var description: String { "***" }

    /// Nothing.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
