internal import RecCore

/// Reads pictures of every format that there is a decoder for.
///
/// ```swift
/// let picture = try PictureReader().read(.file("shirt.jpg"))
/// ```
/// The content decides which decoder is used, never a file's name. Whatever does not depend on the format is done here:
/// files are read, sizes are checked before memory is taken, pictures are turned upright, errors get the file's path.
/// Anything read may be hostile, and every fault is an error.
package struct PictureReader: Sendable {
    /// The decoders to choose from.
    package var decoders: PictureDecoders

    /// What to do about a camera that was not held upright.
    package var orientation: OrientationHandling

    /// What to do about damaged or missing data.
    package var damage: DamageHandling

    /// The most pixels a picture may have; the default is where Pillow raises.
    package var maximumPixelCount: Int

    /// Creates a reader.
    ///
    /// - Precondition: `maximumPixelCount` is positive.
    package init(
        decoders: PictureDecoders = .builtIn,
        orientation: OrientationHandling = .apply,
        damage: DamageHandling = .refused,
        maximumPixelCount: Int = 178_956_970
    ) {
        precondition(maximumPixelCount > 0, "limits are positive")
        self.decoders = decoders
        self.orientation = orientation
        self.damage = damage
        self.maximumPixelCount = maximumPixelCount
    }

    /// Reads a picture.
    ///
    /// A file is read as a whole first, so it may be replaced or cut meanwhile.
    ///
    /// - Parameters:
    ///   - source: Where the picture comes from.
    ///   - scale: At what scale it is decoded.
    /// - Returns: The picture, upright unless the orientation is ignored.
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile` (also for a file over 1 GiB), `emptyFile`,
    ///   `unknownPictureFormat`, `truncatedImage`, `corruptImage`, `unsupportedImage`, `imageTooLarge` or, when the
    ///   decoder does not keep its promises, `decoderFault`.
    /// - Complexity: O(pixels) in time and memory.
    package func read(_ source: PictureSource, scale: DecodingScale = .full) throws -> DecodedImage {
        if case .image(let image) = source { return DecodedImage(image) }
        return try DecodedImage(
            decode(source) { header, orientation in
                CropPlan(whole: header, scale: scale, orientation: orientation)
            }
        )
    }

    /// Decodes a file or its bytes under the plan that is made for its header.
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
                var rows = PictureRows(for: plan)
                try decoder.decode(bytes, plan: plan, damage: damage, into: &rows)
                try check(rows, plan)
                let isDamaged = rows.isDamaged
                return PlannedImage(image: rows.finish(), plan: plan, isDamaged: isDamaged)
            } catch let error where !(error is RecError || error is CancellationError) {
                throw RecError(.decoderFault, "the decoder for \(decoder.formatName) failed: \(error)")
            }
        }
    }

    /// Refuses a picture by its header, before memory is taken for it.
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
        if damage == .refused, let capacity = header.pixelCapacity, pixelCount > capacity {
            throw RecError(
                .truncatedImage,
                "\(bytes.count) bytes cannot hold \(size) pixels; the \(decoder.formatName) is cut off"
            )
        }
        return header
    }

    /// The longest side; the work for a crop grows with the sides, however few pixels there are.
    private static let longestSide = 1 << 20

    /// Refuses what a decoder gave when it is damaged or too little without leave.
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
