internal import RecFiles

extension Preprocessing {
    /// The numbers of a picture, decoded no further than they need it.
    ///
    /// The same numbers and the same errors as ``tensor(of:)-(DecodedImage)`` of what `decoder` gives, without the
    /// pixels in between: columns and rows outside the crop are skipped where libjpeg-turbo can do so exactly
    /// (baseline, gray or colour, subsampled by two at most), and each row is resized as it is decoded. The pixels of a
    /// file are never held at once, unless it is progressive, which libjpeg keeps as coefficients.
    ///
    /// In ``JPEGDecoder/Mode/exact`` the code after the crop is read too, so that damage is found wherever it is. In
    /// ``JPEGDecoder/Mode/fast(targetShortSide:)`` that code is only searched for markers, which tells a file that is
    /// cut off or overwritten, but not one whose code ends early before a proper end marker.
    ///
    /// ```swift
    /// let decoder = JPEGDecoder(mode: .exact)
    /// let numbers = try Preprocessing.torchvisionV1.tensor(of: .file("shirt.jpg"), using: decoder)
    /// ```
    /// - Returns: Three planes of `outputSize.height` rows of `outputSize.width` numbers (CHW), row-major.
    /// - Throws: ``RecImageError`` as ``JPEGDecoder/decode(contentsOf:)``.
    /// - Complexity: Memory for a few rows, besides the file and the result.
    public func tensor(of picture: PictureSource, using decoder: JPEGDecoder) throws -> [Float] {
        tensor(ofPixels: try prepare(picture, using: decoder).image.pixels)
    }

    /// What the network gets to see of a picture, decoded no further than that needs.
    package func prepare(_ picture: PictureSource, using decoder: JPEGDecoder) throws(RecImageError) -> PreparedImage {
        switch picture {
        case .file(let path):
            let contents = try JPEGDecoder.contents(of: path)
            return try contents.withBytes { bytes throws(RecImageError) in
                try decoder.decode(bytes, path: path, for: self)
            }
        case .data(let bytes, let name):
            return try decoder.decode(bytes.span, path: name, for: self)
        case .image(let image):
            return PreparedImage(image: pixels(of: DecodedImage(image)), fullSize: image.size, isDamaged: false)
        }
    }
}
