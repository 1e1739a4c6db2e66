import Foundation

/// The two output streams: results on standard output, everything else on standard error.
enum Console {
    /// Whether standard error is a terminal, where a progress bar makes sense.
    static let errorIsTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1

    /// Writes a line to standard output at once, so that a pipe sees results as they come.
    static func result(_ line: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    }

    /// Writes a line to standard error.
    static func note(_ line: String) {
        status(line + "\n")
    }

    /// Writes text to standard error without ending the line.
    static func status(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
