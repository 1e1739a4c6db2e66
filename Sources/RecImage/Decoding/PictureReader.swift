internal import RecCore

/// Reads pictures in every format of its decoders.
///
/// ```swift
/// let picture = try PictureReader().read(.file("shirt.jpg"))
/// ```
/// The content of a file selects the decoder; its name does not matter. The reader handles everything that does not
/// depend on the format: it reads files, checks sizes before it allocates memory, lays transparent pixels on a background,
/// turns pictures upright and adds the path to errors. Files may be hostile, and every fault is an error.
package struct PictureReader: Sendable {
    /// The available decoders.
    package var decoders: PictureDecoders

    /// The handling of the orientation tag.
    package var orientation: OrientationHandling

    /// The handling of damaged or missing data.
    package var damage: DamageHandling

    /// The colour behind transparent pixels.
    package var background: RGBColor

    /// The greatest number of pixels in a picture; by default Pillow's limit.
    package var maximumPixelCount: Int

    /// Creates a reader.
    ///
    /// - Precondition: `maximumPixelCount` is positive.
    package init(
        decoders: PictureDecoders = .builtIn,
        orientation: OrientationHandling = .apply,
        damage: DamageHandling = .refused,
        background: RGBColor = .white,
        maximumPixelCount: Int = 178_956_970
    ) {
        precondition(maximumPixelCount > 0, "limits are positive")
        self.decoders = decoders
        self.orientation = orientation
        self.damage = damage
        self.background = background
        self.maximumPixelCount = maximumPixelCount
    }

    /// Reads a picture.
    ///
    /// The whole file is read first, so it may be replaced or truncated meanwhile.
    ///
    /// - Parameters:
    ///   - source: The source of the picture.
    ///   - scale: The scale of decoding.
    /// - Returns: The picture, upright unless the orientation is ignored.
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile` (also for a file over 1 GiB), `emptyFile`,
    ///   `unknownPictureFormat`, `truncatedImage`, `corruptImage`, `unsupportedImage`, `imageTooLarge` or, when the
    ///   decoder breaks its contract, `decoderFault`.
    /// - Complexity: O(pixels) in time and memory.
    package func read(_ source: PictureSource, scale: DecodingScale = .full) throws -> DecodedImage {
        if case .image(let image) = source { return DecodedImage(image) }
        return try DecodedImage(
            decode(source) { header, orientation in
                CropPlan(whole: header, scale: scale, orientation: orientation)
            }
        )
    }

    /// Decodes a file or its bytes under a plan for its header.
    ///
    /// - Throws: As ``read(_:scale:)``.
    func decode(
        _ source: PictureSource,
        plan: (PictureHeader, Orientation) throws -> CropPlan
    ) throws -> PlannedImage {
        try source.withBytes { bytes in
            let decoder = try decoders.decoder(for: bytes)
            do {
                let header = try checked(decoder.header(of: bytes, damage: damage), bytes, decoder)
                let plan = try plan(header, orientation == .apply ? header.orientation : .upright)
                var rows = PictureRows(for: plan, background: background)
                try decoder.decode(bytes, plan: plan, damage: damage, into: &rows)
                try check(rows, plan)
                let isDamaged = rows.isDamaged
                return PlannedImage(image: rows.finish(), plan: plan, isDamaged: isDamaged)
            } catch let error where !(error is RecError || error is CancellationError) {
                throw RecError(.decoderFault, "the decoder for \(decoder.formatName) failed: \(error)")
            }
        }
    }

    /// Checks a picture by its header, before memory is allocated for it.
    private func checked(
        _ header: PictureHeader,
        _ bytes: Span<UInt8>,
        _ decoder: any PictureDecoder
    ) throws -> PictureHeader {
        let size = header.size
        guard size.width > 0, size.height > 0 else {
            throw RecError(.decoderFault, "the decoder for \(decoder.formatName) says that the size is \(size)")
        }
        guard max(size.width, size.height) <= Self.longestSide else {
            throw RecError(.imageTooLarge, "a side of \(size) is longer than \(Self.longestSide) pixels")
        }
        let pixelCount = size.width * size.height
        if pixelCount > maximumPixelCount {
            throw RecError(
                .imageTooLarge,
                "\(size) are more than \(maximumPixelCount) pixels; raise maximumPixelCount if the file is trusted"
            )
        }
        if let count = header.decodedPixelCount, count > maximumPixelCount {
            throw RecError(
                .imageTooLarge,
                "decoding the data of the \(decoder.formatName), \(size), takes \(count) pixels, more than "
                    + "\(maximumPixelCount); raise maximumPixelCount if the file is trusted"
            )
        }
        if damage == .refused, let capacity = header.pixelCapacity, pixelCount > capacity {
            throw RecError(
                .truncatedImage,
                "\(bytes.count) bytes cannot hold \(size) pixels; the \(decoder.formatName) is cut off"
            )
        }
        return header
    }

    /// The longest side; the work for a crop grows with the sides, even for few pixels.
    private static let longestSide = 1 << 20

    /// Throws when a decoder returned damaged or missing rows and damage is refused.
    private func check(_ rows: borrowing PictureRows, _ plan: CropPlan) throws {
        if rows.isDamaged {
            guard damage == .accepted else { throw RecError(.corruptImage, "the picture is damaged") }
        } else if rows.count < plan.rows.count {
            throw RecError(
                .decoderFault,
                "the decoder gave \(rows.count) of the \(plan.rows.count) rows that were asked for"
            )
        }
    }
}
