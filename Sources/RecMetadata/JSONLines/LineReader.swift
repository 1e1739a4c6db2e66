internal import RecCore

/// Divides a text into lines, which end with LF, CRLF or CR; a window of the text is in memory.
struct LineReader {
    private(set) var buffer: TextBuffer
    private let maximumSize: Int
    private var position = 0

    /// The number of the line, counted from 1.
    private(set) var line = 0

    /// Where the line is in the window; empty when it was too long.
    private(set) var range = 0..<0

    /// Whether the line was longer than the limit.
    private(set) var isTooLong = false

    private static let keptSize = 1 << 17

    init(_ buffer: TextBuffer, maximumSize: Int) {
        self.buffer = buffer
        self.maximumSize = maximumSize
    }

    /// Finds the next line.
    ///
    /// - Returns: Whether there was one.
    mutating func next() throws(RecError) -> Bool {
        if position > Self.keptSize { moveWindow(to: position) }
        guard try buffer.hasText(at: position) else { return false }
        line += 1
        isTooLong = false
        var start = position
        while true {
            position = endOfLine(from: position)
            guard position == buffer.bytes.count else { break }
            if isTooLong || position - start > maximumSize {
                isTooLong = true
                moveWindow(to: position)
                start = 0
            }
            guard try buffer.extend() else { break }
        }
        isTooLong = isTooLong || position - start > maximumSize
        range = isTooLong ? 0..<0 : start..<position
        guard try buffer.hasText(at: position) else { return true }
        let isPair = buffer.bytes[position] == 0x0D
        position += 1
        if isPair, try buffer.hasText(at: position), buffer.bytes[position] == 0x0A { position += 1 }
        return true
    }

    /// The share of the source that was read so far, above 0.
    var readShare: Double { buffer.share(before: position) }

    private func endOfLine(from start: Int) -> Int {
        let bytes = buffer.bytes.span
        var index = start
        while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
        return index
    }

    private mutating func moveWindow(to start: Int) {
        buffer.removeFirst(start)
        position -= start
    }
}
