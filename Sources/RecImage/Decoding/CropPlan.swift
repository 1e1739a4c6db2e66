/// A plan for decoding: the pixels of a stored picture to decode, the scale, and the steps after decoding.
///
/// `Preprocessing` makes a plan from a ``PictureHeader``; a ``PictureDecoder`` follows it. Columns and rows are counted
/// in the stored picture at the plan's scale, from the top left corner.
public struct CropPlan: Sendable {
    /// The size of the stored picture at full scale.
    package let fullSize: ImageSize

    /// The divisor of its sides: 1, or one of the denominators of ``PictureHeader``.
    public let denominator: Int

    /// The columns that are used.
    public let columns: Range<Int>

    /// The rows that are used; the decoder must return all of them.
    public let rows: Range<Int>

    /// Whether the decoder must decode the data after the last of ``rows`` to find damage.
    ///
    /// If not, it only needs to detect a truncated file.
    public let readsToEnd: Bool

    /// The orientation of the stored picture.
    let orientation: Orientation

    /// The filter from the rows to the result, still in the orientation of the stored picture.
    let filter: SeparableFilter

    /// The crop and padding of the resized picture; `nil` for the whole picture.
    let crop: CenterCrop?

    /// The size of the stored picture at the plan's scale.
    package var size: ImageSize { fullSize.divided(by: denominator) }

    /// The part of the upright picture at the plan's scale that represents the full picture.
    var uprightRegion: SourceRegion {
        orientation.upright(SourceRegion(of: fullSize, dividedBy: denominator), of: size)
    }

    /// A plan for a part of a picture.
    init(
        _ header: PictureHeader,
        scale: DecodingScale,
        denominator: Int,
        orientation: Orientation,
        filter: SeparableFilter,
        crop: CenterCrop?
    ) {
        fullSize = header.size
        self.denominator = denominator
        columns = filter.across.inputs
        rows = filter.down.inputs
        readsToEnd = scale == .full
        self.orientation = orientation
        self.filter = filter
        self.crop = crop
    }

    /// A plan for all pixels of a picture.
    init(whole header: PictureHeader, scale: DecodingScale, orientation: Orientation) {
        let denominator = scale.denominator(for: header)
        self.init(
            header,
            scale: scale,
            denominator: denominator,
            orientation: orientation,
            filter: SeparableFilter(copying: PixelRectangle(of: header.size.divided(by: denominator))),
            crop: nil
        )
    }

    /// The final picture, from the output of the filter.
    func finish(_ pixels: [UInt8]) -> RGBImage {
        let stored = RGBImage(width: filter.across.count, height: filter.down.count, pixels: pixels)
        let upright = orientation.upright(stored)
        return crop?.pad(upright) ?? upright
    }
}
