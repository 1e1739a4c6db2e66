/// A rectangle of whole pixels.
struct PixelRectangle: Sendable, Hashable {
    /// The columns.
    var columns: Range<Int>
    /// The rows.
    var rows: Range<Int>

    /// A rectangle from its sides.
    init(columns: Range<Int>, rows: Range<Int>) {
        self.columns = columns
        self.rows = rows
    }

    /// The whole of a picture.
    init(of size: ImageSize) {
        self.init(columns: 0..<size.width, rows: 0..<size.height)
    }

    /// The sides.
    var size: ImageSize { ImageSize(width: columns.count, height: rows.count) }
}
