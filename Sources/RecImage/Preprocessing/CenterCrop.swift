/// The centre crop of a resized picture: the part to compute, and the padding to the requested size.
struct CenterCrop {
    /// The resizer of the picture.
    let resizer: Resizer
    /// The requested size.
    let size: ImageSize

    private let across: CropSpan
    private let down: CropSpan

    /// Creates a crop.
    init(of resizer: Resizer, to size: ImageSize, rounding: CropRounding) {
        self.resizer = resizer
        self.size = size
        across = CropSpan(from: resizer.target.width, to: size.width, rounding: rounding)
        down = CropSpan(from: resizer.target.height, to: size.height, rounding: rounding)
    }

    /// The part of the resized picture that is computed.
    var part: PixelRectangle { PixelRectangle(columns: across.taken, rows: down.taken) }

    /// The part, with black padding if it is smaller than requested.
    func pad(_ image: RGBImage) -> RGBImage {
        guard image.size != size else { return image }
        let pixels = PixelKernels.gather(
            image.pixels.span,
            width: image.width,
            columns: across.indices(count: size.width),
            rows: down.indices(count: size.height)
        )
        return RGBImage(width: size.width, height: size.height, pixels: pixels)
    }
}
