public import RecCore
internal import RecFiles

/// An error about a file of `RecIndex`: an index that cannot be opened or written, or a journal that cannot be used.
public struct RecIndexError: RecError, Hashable {
    /// What kind of thing went wrong.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The stable name in kebab case.
        public let description: String

        /// There is no file at the path.
        public static let fileNotFound = Code(description: "file-not-found")
        /// There is something at the path, but it cannot be read.
        public static let unreadable = Code(description: "unreadable")
        /// The file cannot be written; what was there before is unchanged.
        public static let unwritable = Code(description: "unwritable")
        /// Another process, or another value in this one, is using the journal or writing the live index.
        public static let inUse = Code(description: "in-use")
        /// The file is something else than what it should be.
        public static let foreignFile = Code(description: "foreign-file")
        /// The file was written by a newer version of this package, or is damaged in its version number.
        public static let unsupportedVersion = Code(description: "unsupported-version")
        /// The end of the file is missing.
        public static let truncated = Code(description: "truncated")
        /// The file is damaged: a checksum or a rule of the format is broken.
        public static let corrupt = Code(description: "corrupt")
        /// The index was built with another recipe than the caller expects.
        public static let recipeMismatch = Code(description: "recipe-mismatch")
    }

    /// What kind of thing went wrong.
    public let code: Code

    /// The file.
    public let path: String

    /// What was wrong with which file, and what to do about it.
    public let message: String

    /// The stable name of the code in kebab case.
    public var codeName: String { code.description }

    /// Creates an error.
    public init(_ code: Code, path: String, _ message: String) {
        self.code = code
        self.path = path
        self.message = message
    }
}

extension RecIndexError {
    /// Translates an error of the operating system; `.unwritable` is the code of everything that was meant to write.
    init(_ error: FileError, writing: Bool = false) {
        if error.isInUse {
            self.init(.inUse, path: error.path, "'\(error.path)' is in use. Wait for the other run, or end it.")
        } else if writing {
            self.init(.unwritable, path: error.path, "'\(error.path)' cannot be written: \(error.reason).")
        } else if error.isNotFound {
            self.init(.fileNotFound, path: error.path, "There is no file '\(error.path)'.")
        } else {
            self.init(.unreadable, path: error.path, "'\(error.path)' cannot be read: \(error.reason).")
        }
    }
}
