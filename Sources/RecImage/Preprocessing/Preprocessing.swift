/// The conversion of a picture of any size to the input of a network: resize, crop, normalise.
///
/// Pixels and numbers are identical, bit by bit, to those of the library that a preset is named after. Only the pixels
/// inside the crop are computed, so memory is bounded by the picture and the crop for any aspect ratio.
public struct Preprocessing: Sendable, Hashable {
    /// The resizing of a picture before the crop.
    public enum Resize: Sendable, Hashable {
        /// No resizing.
        case none
        /// The short side to a length; the long side in proportion, rounded down, as in torchvision.
        case shortSide(Int)
        /// Both sides, without regard to proportion, as in Keras.
        case stretch(ImageSize)
    }

    /// The resizing of a picture before the crop.
    package let resize: Resize

    /// The resampling filter.
    package let filter: Resampling

    /// The size of the result: the centre of the resized picture, with black padding if it is smaller.
    package let outputSize: ImageSize

    /// The rounding of the crop's position where the remainder is odd.
    package let cropRounding: CropRounding

    /// The conversion of bytes to numbers.
    package let normalization: PixelNormalization

    /// For each channel the numbers of the 256 bytes.
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
        self.init(
            resize: resize,
            filter: filter,
            outputSize: outputSize,
            normalization: normalization,
            cropRounding: .nearestEven
        )
    }

    /// Creates a preprocessing with another rounding of the crop's position.
    ///
    /// - Precondition: All sides are from 1 to 65,536.
    package init(
        resize: Resize,
        filter: Resampling,
        outputSize: ImageSize,
        normalization: PixelNormalization,
        cropRounding: CropRounding
    ) {
        precondition(Self.areValid(resize, outputSize), "sides are from 1 to 65,536")
        self.resize = resize
        self.filter = filter
        self.outputSize = outputSize
        // Where nothing is cropped no rounding has an effect, and equal results have equal descriptions.
        self.cropRounding = resize == .stretch(outputSize) ? .nearestEven : cropRounding
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

    /// The tensor of a picture.
    ///
    /// - Returns: Three channels of `outputSize.height` rows of `outputSize.width` numbers (CHW), row-major.
    package func tensor(of decoded: DecodedImage) -> [Float] {
        tensor(ofPixels: pixels(of: decoded))
    }

    /// The tensor of a picture that does not come from a file.
    ///
    /// - Returns: Three channels of `outputSize.height` rows of `outputSize.width` numbers (CHW), row-major.
    package func tensor(of image: RGBImage) -> [Float] {
        tensor(of: DecodedImage(image))
    }

    /// The tensor of resized and cropped pixels.
    func tensor(ofPixels pixels: RGBImage) -> [Float] {
        var numbers = [Float](repeating: 0, count: pixels.pixels.count)
        normalize(pixels, into: &numbers, at: 0)
        return numbers
    }

    /// Writes the tensor of resized and cropped pixels into a larger array, from a position on.
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

    /// The pixels after resizing and cropping, before normalisation: a picture of ``outputSize``.
    package func pixels(of decoded: DecodedImage) -> RGBImage {
        let crop = crop(of: decoded.image.size, region: decoded.region, fullSize: decoded.fullSize)
        return crop.pad(crop.resizer.resize(decoded.image, only: crop.part))
    }

    /// The crop of a picture of a given size.
    ///
    /// - Parameters:
    ///   - size: The size of the decoded picture.
    ///   - region: The part of it that represents the full one.
    ///   - fullSize: The size of the picture in the file.
    /// - Returns: The resizing and cropping of the picture.
    func crop(of size: ImageSize, region: SourceRegion, fullSize: ImageSize) -> CenterCrop {
        let resized = resizedSize(of: fullSize)
        let region = resized == size ? SourceRegion(of: resized) : region
        let resizer = Resizer(source: size, region: region, target: resized, filter: filter)
        return CenterCrop(of: resizer, to: outputSize, rounding: cropRounding)
    }

    /// The scale of decoding that saves time with little loss in this preprocessing.
    ///
    /// It is `full` if scaling saves no time or the filter does not average.
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
