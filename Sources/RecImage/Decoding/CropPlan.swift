/// Which pixels of a stored picture are decoded, at what scale, and what becomes of them.
///
/// `Preprocessing` makes a plan from a ``PictureHeader``; a ``PictureDecoder`` obeys it. Columns and rows are counted in
/// the stored picture at the plan's scale, from the top left corner.
public struct CropPlan: Sendable {
    /// The size of the stored picture at full scale.
    public let fullSize: ImageSize

    /// What its sides are divided by: 1, or one of ``PictureHeader/denominators``.
    public let denominator: Int

    /// The columns that are used.
    public let columns: Range<Int>

    /// The rows that are used, all of which the decoder hands over.
    public let rows: Range<Int>

    /// Whether damage behind the last of ``rows`` must be found by decoding what is there.
    ///
    /// If not, it is enough to look for signs of it, so that a file that is cut off is found.
    public let readsToEnd: Bool

    /// How the stored picture lies.
    let orientation: Orientation

    /// How the rows become the picture asked for, still lying as the stored one does.
    let filter: SeparableFilter

    /// What is cut out of the resized picture and put around it; `nil` when the whole picture is asked for.
    let crop: CenterCrop?

    /// The size of the stored picture at the plan's scale.
    public var size: ImageSize { fullSize.divided(by: denominator) }

    /// The part of the upright picture at the plan's scale that stands for the full picture.
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

    /// The picture that is asked for, from what the filter gave.
    func finish(_ pixels: [UInt8]) -> RGBImage {
        let stored = RGBImage(width: filter.across.count, height: filter.down.count, pixels: pixels)
        let upright = orientation.upright(stored)
        return crop?.pad(upright) ?? upright
    }
}
