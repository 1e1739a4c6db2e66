extension Preprocessing {
    /// The numbers of a picture, decoded no further than they need it.
    ///
    /// The same numbers and the same errors as ``tensor(of:)-(DecodedImage)`` of what `reader` reads, without the pixels
    /// in between: columns and rows outside the crop are skipped where the decoder can do so exactly, and each row is
    /// resized as it is decoded.
    ///
    /// At ``DecodingScale/full`` scale what is behind the crop is read too, so that damage is found wherever it is. At
    /// reduced scale a decoder need only find a file that is cut off or overwritten.
    ///
    /// ```swift
    /// let numbers = try Preprocessing.torchvisionV1.tensor(of: .file("shirt.jpg"), using: PictureReader())
    /// ```
    /// - Parameters:
    ///   - picture: Where the picture comes from.
    ///   - reader: What decodes it.
    ///   - scale: At what scale it is decoded; ``fastScale`` saves time.
    /// - Returns: Three planes of `outputSize.height` rows of `outputSize.width` numbers (CHW), row-major.
    /// - Throws: `RecError` as ``PictureReader/read(_:scale:)``.
    /// - Complexity: Memory for a few rows, besides the file and the result.
    package func tensor(
        of picture: PictureSource,
        using reader: PictureReader,
        scale: DecodingScale = .full
    ) throws -> [Float] {
        tensor(ofPixels: try pixels(of: picture, using: reader, scale: scale))
    }

    /// What the network gets to see of a picture, decoded no further than that needs.
    func pixels(of picture: PictureSource, using reader: PictureReader, scale: DecodingScale) throws -> RGBImage {
        if case .image(let image) = picture { return pixels(of: DecodedImage(image)) }
        return try planned(picture, using: reader, scale: scale).image
    }

    /// What the network gets to see of a picture that has to be decoded.
    package func planned(
        _ picture: PictureSource,
        using reader: PictureReader,
        scale: DecodingScale = .full
    ) throws -> PlannedImage {
        try reader.decode(picture) { header, orientation in
            plan(for: header, storedAs: orientation, scale: scale)
        }
    }

    /// Which pixels of a picture are decoded and what becomes of them.
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
