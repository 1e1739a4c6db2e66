package import RecCore
internal import RecFiles

/// Divides bytes into paths, each of which ends with a line feed or a zero byte.
package struct PathSplitter {
    /// The largest number of bytes in a path.
    package static let maximumLength = 1 << 16

    private let separator: UInt8
    private var bytes: [UInt8] = []
    /// Where the next path begins, and where to look for its end.
    private var (start, searched) = (0, 0)

    /// Creates a splitter.
    ///
    /// - Parameter usesNUL: Whether a zero byte ends a path, instead of a line feed.
    package init(usesNUL: Bool) {
        separator = usesNUL ? 0 : UInt8(ascii: "\n")
    }

    /// Adds bytes at the end.
    package mutating func add(_ more: [UInt8]) {
        bytes.removeFirst(start)
        (start, searched) = (0, searched - start)
        bytes += more
    }

    /// The next path that has an end; an empty one is a path, too.
    ///
    /// A path that is not UTF-8 is written as functions of files expect it.
    ///
    /// - Throws: `RecError` when a path is longer than the limit.
    package mutating func next() throws(RecError) -> String? {
        while searched < bytes.count, bytes[searched] != separator { searched += 1 }
        guard searched - start <= Self.maximumLength else {
            throw RecError(
                .invalidQuery,
                "Standard input has a path of more than \(Self.maximumLength) bytes. Write one path a line, or end "
                    + "each with a zero byte and give --null."
            )
        }
        guard searched < bytes.count else { return nil }
        defer {
            searched += 1
            start = searched
        }
        return PathText.text(Array(bytes[start..<searched]))
    }

    /// What is left at the end of the input: a last path without an end.
    package mutating func rest() -> String? {
        defer { (bytes, start, searched) = ([], 0, 0) }
        return start < bytes.count ? PathText.text(Array(bytes[start...])) : nil
    }
}
