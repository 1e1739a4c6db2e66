extension Preprocessing {
    /// The tensor of a picture; only the necessary part is decoded.
    ///
    /// Numbers and errors are those of ``tensor(of:)-(DecodedImage)`` for the picture that `reader` reads, without the
    /// intermediate pixels: columns and rows outside the crop are skipped where the decoder can do so exactly, and each
    /// row is resized as it is decoded.
    ///
    /// At ``DecodingScale/full`` scale the data after the crop is read too, so that all damage is found. At a reduced
    /// scale a decoder need only detect a truncated or overwritten file.
    ///
    /// ```swift
    /// let numbers = try Preprocessing.torchvisionV1.tensor(of: .file("shirt.jpg"), using: PictureReader())
    /// ```
    /// - Parameters:
    ///   - picture: The source of the picture.
    ///   - reader: The reader that decodes it.
    ///   - scale: The scale of decoding; ``fastScale`` saves time.
    /// - Returns: Three channels of `outputSize.height` rows of `outputSize.width` numbers (CHW), row-major.
    /// - Throws: `RecError` as ``PictureReader/read(_:scale:)``.
    /// - Complexity: Memory for a few rows, in addition to the file and the result.
    package func tensor(
        of picture: PictureSource,
        using reader: PictureReader,
        scale: DecodingScale = .full
    ) throws -> [Float] {
        tensor(ofPixels: try pixels(of: picture, using: reader, scale: scale))
    }

    /// The resized and cropped pixels of a picture; only the necessary part is decoded.
    func pixels(of picture: PictureSource, using reader: PictureReader, scale: DecodingScale) throws -> RGBImage {
        if case .image(let image) = picture { return pixels(of: DecodedImage(image)) }
        return try planned(picture, using: reader, scale: scale).image
    }

    /// The resized and cropped pixels of a picture file.
    package func planned(
        _ picture: PictureSource,
        using reader: PictureReader,
        scale: DecodingScale = .full
    ) throws -> PlannedImage {
        try reader.decode(picture) { header, orientation in
            plan(for: header, storedAs: orientation, scale: scale)
        }
    }

    /// The plan for decoding a picture.
    func plan(for header: PictureHeader, storedAs orientation: Orientation, scale: DecodingScale) -> CropPlan {
        let denominator = scale.denominator(for: header)
        let size = header.size.divided(by: denominator)
        let crop = crop(
            of: orientation.upright(size),
            region: orientation.upright(SourceRegion(of: header.size, dividedBy: denominator), of: size),
            fullSize: orientation.upright(header.size)
        )
        return CropPlan(
            header,
            scale: scale,
            denominator: denominator,
            orientation: orientation,
            filter: crop.resizer.filter(for: crop.part, storedAs: orientation),
            crop: crop
        )
    }
}
