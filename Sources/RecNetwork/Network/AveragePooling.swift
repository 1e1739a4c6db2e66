/// The mean over each window of a map.
package struct AveragePooling: Sendable, Hashable {
    /// The window.
    package let window: SlidingWindow
    /// Whether padding counts as zeros; otherwise a mean is that of the values alone.
    package let countsPadding: Bool
    /// Rows and columns of padding at the end that count; a window may reach beyond them.
    package let countedEnd: (bottom: Int, right: Int)

    /// Creates a pooling.
    package init(_ window: SlidingWindow, countsPadding: Bool = false, countedEnd: (bottom: Int, right: Int) = (0, 0)) {
        self.window = window
        self.countsPadding = countsPadding
        self.countedEnd = countedEnd
    }

    package static func == (first: Self, second: Self) -> Bool {
        first.window == second.window && first.countsPadding == second.countsPadding
            && first.countedEnd == second.countedEnd
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(window)
        hasher.combine(countsPadding)
        hasher.combine(countedEnd.bottom)
        hasher.combine(countedEnd.right)
    }
}
