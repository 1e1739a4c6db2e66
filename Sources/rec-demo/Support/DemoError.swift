import RecCore

/// An error of the demo itself.
package struct DemoError: RecError {
    package let codeName: String
    package let message: String

    package init(codeName: String, message: String) {
        self.codeName = codeName
        self.message = message
    }
}
