/// How a part of a resized picture is made: one filter across and one down, and which comes first.
struct SeparableFilter: Sendable {
    /// What the columns of the result are made of.
    let across: ResamplingAxis
    /// What the rows of the result are made of.
    let down: ResamplingAxis
    /// Which pass comes first; the order shows in the last bit.
    let order: RowResampler.Order

    /// A filter from its axes.
    init(across: ResamplingAxis, down: ResamplingAxis, order: RowResampler.Order) {
        self.across = across
        self.down = down
        self.order = order
    }

    /// A filter that takes pixels as they are.
    init(copying part: PixelRectangle) {
        across = ResamplingAxis(copying: part.columns)
        down = ResamplingAxis(copying: part.rows)
        order = .horizontalFirst
    }

    /// What takes the rows.
    var resampler: RowResampler { RowResampler(across: across, down: down, order: order) }
}
