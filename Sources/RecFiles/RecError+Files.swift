package import RecCore

extension RecError {
    /// Says which call to the operating system failed and why.
    ///
    /// - Parameters:
    ///   - error: The failed call.
    ///   - writing: Whether it was part of a write, whose code is always ``RecError/Code/unwritable``.
    package init(_ error: FileError, writing: Bool = false) {
        if error.isInUse {
            self.init(.inUse, path: error.path, "It is in use. Wait for the other run, or end it.")
        } else if writing {
            self.init(.unwritable, path: error.path, "It cannot be written: \(error.reason).")
        } else if error.isNotFound {
            self.init(.fileNotFound, path: error.path, "There is no such file or folder.")
        } else {
            self.init(.unreadableFile, path: error.path, "Could not \(error.operation) it: \(error.reason).")
        }
    }
}
