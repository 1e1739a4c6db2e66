/// From a picture of any size to the numbers that a network takes: resize, crop, normalise.
///
/// The pixels are byte for byte, and the numbers bit for bit, those of the library that a preset is named for. Only
/// the pixels inside the crop are computed, so memory is bounded by the picture and the crop for any aspect ratio.
public struct Preprocessing: Sendable, Hashable {
    /// What size a picture is brought to before the crop.
    public enum Resize: Sendable, Hashable {
        /// It stays as it is.
        case none
        /// The short side to a length; the long side in proportion, rounded down, as torchvision does.
        case shortSide(Int)
        /// Both sides, without regard to proportion, as Keras does.
        case stretch(ImageSize)
    }

    /// What size a picture is brought to before the crop.
    package let resize: Resize

    /// How pixels are combined.
    package let filter: Resampling

    /// The size of the result: the middle of the resized picture, black around it where it is smaller.
    package let outputSize: ImageSize

    /// How bytes become numbers.
    package let normalization: PixelNormalization

    /// For each plane the numbers of the 256 bytes.
    let tables: [Float]

    /// Creates a preprocessing.
    ///
    /// - Precondition: All sides are from 1 to 65,536.
    public init(
        resize: Resize,
        filter: Resampling,
        outputSize: ImageSize,
        normalization: PixelNormalization = .imageNet
    ) {
        precondition(Self.areValid(resize, outputSize), "sides are from 1 to 65,536")
        self.resize = resize
        self.filter = filter
        self.outputSize = outputSize
        self.normalization = normalization
        tables = normalization.tables
    }

    /// Whether all sides are from 1 to 65,536.
    static func areValid(_ resize: Resize, _ outputSize: ImageSize) -> Bool {
        let sides =
            switch resize {
            case .none: [outputSize.width, outputSize.height]
            case .shortSide(let side): [side, outputSize.width, outputSize.height]
            case .stretch(let size): [size.width, size.height, outputSize.width, outputSize.height]
            }
        return sides.allSatisfy { (1...65_536).contains($0) }
    }

    /// The numbers of a picture.
    ///
    /// - Returns: Three planes of `outputSize.height` rows of `outputSize.width` numbers (CHW), row-major.
    package func tensor(of decoded: DecodedImage) -> [Float] {
        tensor(ofPixels: pixels(of: decoded))
    }

    /// The numbers of a picture that did not come out of a file.
    ///
    /// - Returns: Three planes of `outputSize.height` rows of `outputSize.width` numbers (CHW), row-major.
    package func tensor(of image: RGBImage) -> [Float] {
        tensor(of: DecodedImage(image))
    }

    /// The numbers of what the network gets to see.
    func tensor(ofPixels pixels: RGBImage) -> [Float] {
        var numbers = [Float](repeating: 0, count: pixels.pixels.count)
        normalize(pixels, into: &numbers, at: 0)
        return numbers
    }

    /// Writes the numbers of what the network gets to see into a larger array, from a position on.
    ///
    /// - Precondition: There is room for them.
    func normalize(_ pixels: RGBImage, into numbers: inout [Float], at position: Int) {
        var span = numbers.mutableSpan
        PixelKernels.planes(
            pixels.pixels.span,
            channels: normalization.channels,
            tables: tables,
            into: &span,
            at: position
        )
    }

    /// What the network gets to see, before normalising: a picture of ``outputSize``.
    package func pixels(of decoded: DecodedImage) -> RGBImage {
        let crop = crop(of: decoded.image.size, region: decoded.region, fullSize: decoded.fullSize)
        return crop.pad(crop.resizer.resize(decoded.image, only: crop.part))
    }

    /// What is made of a picture of a size.
    ///
    /// - Parameters:
    ///   - size: The size of the decoded picture.
    ///   - region: The part of it that stands for the full one.
    ///   - fullSize: The size that the picture has in the file.
    /// - Returns: How the pixels come about.
    func crop(of size: ImageSize, region: SourceRegion, fullSize: ImageSize) -> CenterCrop {
        let resized = resizedSize(of: fullSize)
        let region = resized == size ? SourceRegion(of: resized) : region
        let resizer = Resizer(source: size, region: region, target: resized, filter: filter)
        return CenterCrop(of: resizer, to: outputSize)
    }

    /// The scale of decoding that loses little and saves time with this preprocessing.
    ///
    /// `full` where scaling saves nothing or the filter does not average.
    package var fastScale: DecodingScale {
        guard filter != .nearest else { return .full }
        return switch resize {
        case .none: .full
        case .shortSide(let side): .reduced(shortSide: side)
        case .stretch(let size): .reduced(shortSide: max(size.width, size.height))
        }
    }

    /// The size before the crop.
    private func resizedSize(of size: ImageSize) -> ImageSize {
        switch resize {
        case .none: return size
        case .stretch(let size): return size
        case .shortSide(let side):
            let (short, long) = (size.shortSide, max(size.width, size.height))
            guard short != side else { return size }
            let scaled = Int(Double(side * long) / Double(short))
            return size.width <= size.height
                ? ImageSize(width: side, height: scaled) : ImageSize(width: scaled, height: side)
        }
    }
}
