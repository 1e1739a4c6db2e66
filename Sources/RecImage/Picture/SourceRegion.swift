/// A rectangle of a picture with fractional edges, in pixels from the top left corner.
struct SourceRegion: Sendable, Hashable {
    /// An interval of one axis.
    struct Interval: Sendable, Hashable {
        /// Its start.
        var start: Double
        /// Its length.
        var length: Double

        /// The same interval measured from the other end of an axis of `side` pixels.
        func mirrored(in side: Int) -> Interval {
            Interval(start: Double(side) - start - length, length: length)
        }
    }

    /// The columns.
    var horizontal: Interval
    /// The rows.
    var vertical: Interval

    /// A region from its intervals.
    init(horizontal: Interval, vertical: Interval) {
        self.horizontal = horizontal
        self.vertical = vertical
    }

    /// The whole of a picture, in pixels of the picture at 1/`denominator` of its scale.
    init(of size: ImageSize, dividedBy denominator: Int = 1) {
        self.init(
            horizontal: Interval(start: 0, length: Double(size.width) / Double(denominator)),
            vertical: Interval(start: 0, length: Double(size.height) / Double(denominator))
        )
    }
}
