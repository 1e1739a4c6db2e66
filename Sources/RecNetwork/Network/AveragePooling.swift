/// The mean over each window of a map.
package struct AveragePooling: Sendable, Hashable {
    /// The window.
    package let window: SlidingWindow
    /// Whether padding counts as zeros; otherwise a mean is that of the values alone.
    package let countsPadding: Bool
    /// Rows of padding at the bottom that count; a window may reach beyond them.
    package let countedBottom: Int
    /// Columns of padding at the right that count; a window may reach beyond them.
    package let countedRight: Int

    /// Creates a pooling.
    package init(_ window: SlidingWindow, countsPadding: Bool = false, countedEnd: (bottom: Int, right: Int) = (0, 0)) {
        self.window = window
        self.countsPadding = countsPadding
        countedBottom = countedEnd.bottom
        countedRight = countedEnd.right
    }
}
