/// The eight orientations of a stored picture, numbered as in EXIF.
///
/// `upright(_:)` reverses the orientation, like Pillow's `ImageOps.exif_transpose`.
public enum Orientation: Int, Sendable, Hashable, CaseIterable {
    /// Upright.
    case upright = 1
    /// Left and right exchanged.
    case mirrored = 2
    /// Turned by 180 degrees.
    case upsideDown = 3
    /// Top and bottom exchanged.
    case mirroredUpsideDown = 4
    /// Rows and columns exchanged.
    case transposed = 5
    /// Turned by 90 degrees, counterclockwise.
    case turnedLeft = 6
    /// Turned by 180 degrees, rows and columns exchanged.
    case transversed = 7
    /// Turned by 90 degrees, clockwise.
    case turnedRight = 8

    /// Whether width and height are exchanged.
    package var swapsSides: Bool { rawValue >= 5 }

    /// Whether columns of the upright picture run against their stored axis.
    var reversesColumns: Bool {
        switch self {
        case .mirrored, .upsideDown, .turnedLeft, .transversed: true
        default: false
        }
    }

    /// Whether rows of the upright picture run against their stored axis.
    var reversesRows: Bool {
        switch self {
        case .upsideDown, .mirroredUpsideDown, .transversed, .turnedRight: true
        default: false
        }
    }

    /// The upright picture.
    ///
    /// - Complexity: O(pixels).
    package func upright(_ image: RGBImage) -> RGBImage {
        guard self != .upright else { return image }
        let size = upright(image.size)
        var xStep = swapsSides ? image.width : 1
        var yStep = swapsSides ? 1 : image.width
        var origin = 0
        if reversesColumns {
            origin += (size.width - 1) * xStep
            xStep = -xStep
        }
        if reversesRows {
            origin += (size.height - 1) * yStep
            yStep = -yStep
        }
        let pixels = PixelKernels.remap(
            image.pixels.span,
            origin: origin,
            xStep: xStep,
            yStep: yStep,
            columns: size.width,
            rows: size.height
        )
        return RGBImage(width: size.width, height: size.height, pixels: pixels)
    }

    /// The size of the upright picture for a stored size, and the reverse.
    func upright(_ size: ImageSize) -> ImageSize {
        swapsSides ? size.transposed : size
    }

    /// The region of the upright picture for a region of a stored picture of `size`.
    func upright(_ region: SourceRegion, of size: ImageSize) -> SourceRegion {
        let upright = upright(size)
        var result = region
        if swapsSides { result = SourceRegion(horizontal: region.vertical, vertical: region.horizontal) }
        if reversesColumns { result.horizontal = result.horizontal.mirrored(in: upright.width) }
        if reversesRows { result.vertical = result.vertical.mirrored(in: upright.height) }
        return result
    }
}
