internal import RecCore

/// A fault in a picture file as its library reports it; makes the errors that all formats have in common.
struct PictureFault {
    /// What the file is called in messages.
    private let name: String

    /// The library's words in parentheses, after a space; empty when it has none.
    let detail: String

    /// A fault in a file.
    ///
    /// - Parameters:
    ///   - name: What the file is called in messages, for example `JPEG`.
    ///   - words: The library's words for the fault.
    init(_ name: String, words: String = "") {
        self.name = name
        detail = words.isEmpty ? "" : " (\(words.split(whereSeparator: \.isNewline).joined(separator: " ")))"
    }

    /// The error for a file that ends too early.
    func truncated(_ position: String) -> RecError {
        RecError(.truncatedImage, "the \(name) ends \(position)\(detail); fetch the file again")
    }

    /// The error for data that contradicts the format.
    func corrupt(_ position: String) -> RecError {
        RecError(.corruptImage, "the \(name) is damaged \(position)\(detail); fetch the file again")
    }

    /// The error for lack of memory.
    var outOfMemory: RecError {
        RecError(.imageTooLarge, "there is not enough memory to decode the \(name)")
    }
}
