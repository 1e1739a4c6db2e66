import RecFiles

/// Decodes JPEG files: baseline and progressive; gray, YCbCr with any subsampling, RGB, CMYK and YCCK.
///
/// In ``Mode/exact`` the pixels are byte for byte those of Pillow's `Image.open(path).convert("RGB")` — followed by
/// `ImageOps.exif_transpose` with ``OrientationHandling/apply`` — when both use libjpeg-turbo: accurate integer
/// inverse DCT, fancy upsampling, block smoothing. Embedded colour profiles are ignored, as Pillow, torchvision and
/// Keras ignore them. CMYK is taken as Adobe writes it, inverted.
///
/// Anything read may be hostile: sizes are checked before memory is taken, the number of scans is limited, and every
/// fault is an error. Data that libjpeg would silently patch is an error too, unless the decoder is lenient.
public struct JPEGDecoder: Sendable, Hashable {
    /// How much work goes into the pixels.
    public enum Mode: Sendable, Hashable {
        /// All pixels, exactly.
        case exact

        /// At 1/2, 1/4 or 1/8 of the size when the picture is going to be shrunk anyway.
        ///
        /// Takes the smallest of these scales that leaves the short side at least twice `targetShortSide`, or the
        /// full size if none does. How near that stays was measured on 100 product photographs of 1800x2400: after
        /// resizing to a short side of 256, at least 53 dB PSNR from the exact pixels; embeddings of EfficientNet-Lite0
        /// 1 - cosine 3e-4 on average, 7e-4 at most. Pictures of fine noise are further off.
        case fast(targetShortSide: Int)
    }

    /// What to do about a camera that was not held upright.
    public enum OrientationHandling: String, Sendable, Hashable, CaseIterable {
        /// Turn and mirror the picture as its EXIF (or XMP) entry says.
        case apply
        /// Leave the picture as it is stored, as Keras and torchvision's folders do.
        case ignore
    }

    /// How much work goes into the pixels.
    public var mode: Mode

    /// What to do about a camera that was not held upright.
    public var orientation: OrientationHandling

    /// Whether to keep what a truncated or damaged file has; missing parts are gray, black or repeat what came before.
    public var isLenient: Bool

    /// The most pixels a picture may have; the default is where Pillow raises.
    public var maximumPixelCount: Int

    /// The most scans a progressive picture may have.
    ///
    /// Usual files have ten or so; each costs time.
    public var maximumScanCount: Int

    /// Creates a decoder.
    ///
    /// - Precondition: The maxima are positive.
    public init(
        mode: Mode = .exact,
        orientation: OrientationHandling = .apply,
        isLenient: Bool = false,
        maximumPixelCount: Int = 178_956_970,
        maximumScanCount: Int = 100
    ) {
        precondition(maximumPixelCount > 0 && (1...10_000).contains(maximumScanCount), "limits are positive")
        self.mode = mode
        self.orientation = orientation
        self.isLenient = isLenient
        self.maximumPixelCount = maximumPixelCount
        self.maximumScanCount = maximumScanCount
    }

    /// The largest file that is read, in bytes.
    private static let maximumFileSize = 1 << 30

    /// Decodes a file.
    ///
    /// It is read first, so it may be replaced or cut meanwhile.
    ///
    /// - Throws: ``RecImageError`` with code `fileNotFound`, `unreadableFile` (also for a file over 1 GiB), `emptyFile`,
    ///   `notJPEG`, `truncatedImage`, `corruptImage`, `unsupportedImage` or `imageTooLarge`.
    public func decode(contentsOf path: String) throws -> DecodedImage {
        let contents = try Self.contents(of: path)
        return try contents.withBytes { bytes throws(RecImageError) in try decode(bytes, path: path) }
    }

    /// The bytes of a file, or why there are none.
    static func contents(of path: String) throws(RecImageError) -> FileContents {
        do throws(FileError) {
            return try FileContents(ofFile: path, limit: Self.maximumFileSize)
        } catch {
            throw RecImageError(
                error.isNotFound ? .fileNotFound : .unreadableFile,
                path: path,
                "the picture cannot be read: \(error.reason)"
            )
        }
    }

    /// Decodes bytes in memory.
    ///
    /// - Parameters:
    ///   - bytes: A whole JPEG file.
    ///   - path: What errors call it.
    /// - Returns: The picture.
    /// - Throws: As ``decode(contentsOf:)``, without the errors about files.
    public func decode(_ bytes: [UInt8], path: String? = nil) throws -> DecodedImage {
        try decode(bytes.span, path: path)
    }

    /// Decodes bytes in memory.
    ///
    /// - Parameters:
    ///   - bytes: A whole JPEG file.
    ///   - path: What errors call it.
    /// - Returns: The picture.
    /// - Throws: As ``decode(contentsOf:)``, without the errors about files.
    public func decode(_ bytes: borrowing Span<UInt8>, path: String? = nil) throws(RecImageError) -> DecodedImage {
        try start(bytes, path: path) {
            (reader: borrowing JPEGReader, scaled: Scaled) throws(RecImageError) -> DecodedImage in
            var pixels = [UInt8](repeating: 0, count: 3 * scaled.size.width * scaled.size.height)
            let isDamaged = try reader.decode(scaled.size, into: &pixels)
            let image = RGBImage(width: scaled.size.width, height: scaled.size.height, pixels: pixels)
            return DecodedImage(image: image, fullSize: reader.size, region: scaled.region, isDamaged: isDamaged)
                .upright(from: scaled.orientation)
        }
    }

    /// Decodes bytes in memory as far as a preprocessing needs them.
    ///
    /// - Returns: The bytes that the preprocessing makes of the whole picture, and whether it is damaged.
    func decode(
        _ bytes: borrowing Span<UInt8>,
        path: String?,
        for preprocessing: Preprocessing
    ) throws(RecImageError) -> PreparedImage {
        try start(bytes, path: path) {
            (reader: borrowing JPEGReader, scaled: Scaled) throws(RecImageError) -> PreparedImage in
            let orientation = scaled.orientation
            let fullSize = orientation.upright(reader.size)
            let crop = preprocessing.crop(
                of: orientation.upright(scaled.size),
                region: orientation.upright(scaled.region, of: scaled.size),
                fullSize: fullSize
            )
            var resampler = crop.resizer.resampler(for: crop.part, storedAs: orientation)
            let isDamaged = try reader.decode(scaled.size, ignoresRest: mode != .exact, into: &resampler)
            let size = orientation.upright(crop.part.size)
            let stored = RGBImage(width: size.width, height: size.height, pixels: resampler.finish())
            return PreparedImage(image: crop.pad(orientation.upright(stored)), fullSize: fullSize, isDamaged: isDamaged)
        }
    }

    /// A picture at the scale at which it is decoded.
    private struct Scaled {
        /// The size of the decoded picture.
        let size: ImageSize
        /// The part of it that stands for the stored one.
        let region: SourceRegion
        /// How it is turned, as far as that counts.
        let orientation: Orientation
    }

    /// Checks a picture by its header, starts decoding at the scale that the mode asks for, and lends the reader.
    private func start<Value>(
        _ bytes: borrowing Span<UInt8>,
        path: String?,
        _ body: (borrowing JPEGReader, Scaled) throws(RecImageError) -> Value
    ) throws(RecImageError) -> Value {
        try Self.checkSignature(bytes, path: path)
        let (byteCount, orientation) = (bytes.count, storedOrientation(bytes))
        return try JPEGReader.read(
            bytes,
            isLenient: isLenient,
            maximumScanCount: maximumScanCount,
            path: path
        ) { (reader: borrowing JPEGReader) throws(RecImageError) -> Value in
            let size = reader.size
            try checkSize(size, isArithmetic: reader.isArithmetic, byteCount: byteCount, path: path)
            let denominator = denominator(for: size)
            let region = SourceRegion(
                horizontal: .init(start: 0, length: Double(size.width) / Double(denominator)),
                vertical: .init(start: 0, length: Double(size.height) / Double(denominator))
            )
            let scaled = try reader.start(denominator: denominator)
            return try body(reader, Scaled(size: scaled, region: region, orientation: orientation))
        }
    }

    /// How the picture is stored, as far as that counts.
    private func storedOrientation(_ bytes: borrowing Span<UInt8>) -> Orientation {
        orientation == .apply ? JPEGMetadata(bytes).orientation : .upright
    }

    private static func checkSignature(_ bytes: borrowing Span<UInt8>, path: String?) throws(RecImageError) {
        let signature: [UInt8] = [0xFF, 0xD8, 0xFF]
        if bytes.isEmpty {
            throw RecImageError(.emptyFile, path: path, "the file is empty; a JPEG picture was expected")
        }
        for index in 0..<min(signature.count, bytes.count) where bytes[index] != signature[index] {
            throw RecImageError(
                .notJPEG,
                path: path,
                "this is \(ContentGuess.name(of: bytes)), not a JPEG; convert it to JPEG first"
            )
        }
        if bytes.count < signature.count {
            throw RecImageError(.truncatedImage, path: path, "the JPEG ends after \(bytes.count) bytes")
        }
    }

    /// Refuses a picture by its header, before memory is taken for it.
    private func checkSize(
        _ size: ImageSize,
        isArithmetic: Bool,
        byteCount: Int,
        path: String?
    ) throws(RecImageError) {
        let pixelCount = size.width * size.height
        if pixelCount > maximumPixelCount {
            throw RecImageError(
                .imageTooLarge,
                path: path,
                "\(size) are more than \(maximumPixelCount) pixels; raise maximumPixelCount if the file is trusted"
            )
        }
        // Each block of 64 samples of the largest component takes at least a bit of Huffman code; a component may be
        // subsampled to a quarter along an axis. Arithmetic coding has no such bound.
        let mostPixels = byteCount.multipliedReportingOverflow(by: 8 * 64 * 4)
        if !isLenient, !isArithmetic, !mostPixels.overflow, pixelCount > mostPixels.partialValue {
            throw RecImageError(
                .truncatedImage,
                path: path,
                "\(byteCount) bytes cannot hold \(size) pixels; the JPEG is cut off"
            )
        }
    }

    /// What to divide the sides by.
    private func denominator(for size: ImageSize) -> Int {
        guard case .fast(let target) = mode else { return 1 }
        let enough = 2 * max(target, 1)
        return [8, 4, 2].first { (size.shortSide + $0 - 1) / $0 >= enough } ?? 1
    }
}

extension JPEGDecoder: CustomStringConvertible {
    /// What changes the numbers, for a recipe: mode and orientation.
    public var description: String {
        let words =
            switch mode {
            case .exact: "exact"
            case .fast(let target): "fast-\(target)"
            }
        return "decode-\(words) orientation-\(orientation.rawValue)"
    }
}
