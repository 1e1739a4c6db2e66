import Foundation
internal import RecCore

/// The two output streams: results on standard output, everything else on standard error.
package enum Console {
    /// Whether standard error is a terminal, where a progress bar makes sense.
    package static let errorIsTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1

    /// Writes a line to standard output at once, so that a pipe sees results as they come.
    ///
    /// - Throws: `RecError` when it cannot be written, as on a full disk.
    static func result(_ line: String) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
        } catch {
            let reason = error.localizedDescription
            throw RecError(.unwritable, "Cannot write to standard output: \(reason)")
        }
    }

    /// Writes a line to standard error; nothing can be said where that fails.
    static func note(_ line: String) {
        status(line.shownSafely + "\n")
    }

    /// Writes text to standard error without ending the line.
    package static func status(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}

extension String {
    /// The text with control characters other than line feeds escaped, so that data cannot steer the terminal.
    package var shownSafely: String { shown(withLineBreaks: true) }

    /// The same with line breaks written out too, so that data cannot add lines to a table.
    package var shownOnOneLine: String { shown(withLineBreaks: false) }

    private func shown(withLineBreaks keepsLineBreaks: Bool) -> String {
        var result = ""
        for scalar in unicodeScalars {
            if scalar.properties.generalCategory == .control, !keepsLineBreaks || scalar != "\n" {
                result += scalar.escaped(asASCII: true)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
