/// The middle of a resized picture: what is computed of it, and how it is filled up to the size asked for.
struct CenterCrop {
    /// Makes the resized picture.
    let resizer: Resizer
    /// What is asked for.
    let size: ImageSize

    private let across: CropSpan
    private let down: CropSpan

    /// Creates a crop.
    init(of resizer: Resizer, to size: ImageSize) {
        self.resizer = resizer
        self.size = size
        across = CropSpan(from: resizer.target.width, to: size.width)
        down = CropSpan(from: resizer.target.height, to: size.height)
    }

    /// The part of the resized picture that is computed.
    var part: PixelRectangle { PixelRectangle(columns: across.taken, rows: down.taken) }

    /// The part, black around it where it is smaller than asked for.
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
