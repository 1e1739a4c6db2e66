import RecFiles

extension RecMetadataError {
    /// Tells a failed call to the operating system in this module's words.
    init(_ error: FileError) {
        if error.isNotFound {
            self.init(.fileNotFound, path: error.path, "There is no such file or folder.")
        } else {
            self.init(.unreadableFile, path: error.path, "Could not \(error.operation) it: \(error.reason).")
        }
    }
}
