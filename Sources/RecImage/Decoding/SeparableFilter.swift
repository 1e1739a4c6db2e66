/// A separable filter for a part of a resized picture: one horizontal and one vertical pass, and their order.
struct SeparableFilter: Sendable {
    /// The filter of the columns.
    let across: ResamplingAxis
    /// The filter of the rows.
    let down: ResamplingAxis
    /// The order of the passes; it affects the last bit.
    let order: RowResampler.Order

    /// A filter from its axes.
    init(across: ResamplingAxis, down: ResamplingAxis, order: RowResampler.Order) {
        self.across = across
        self.down = down
        self.order = order
    }

    /// A filter that copies pixels.
    init(copying part: PixelRectangle) {
        across = ResamplingAxis(copying: part.columns)
        down = ResamplingAxis(copying: part.rows)
        order = .horizontalFirst
    }

    /// A resampler with this filter.
    var resampler: RowResampler { RowResampler(across: across, down: down, order: order) }
}
