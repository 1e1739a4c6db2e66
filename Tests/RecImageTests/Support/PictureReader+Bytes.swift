import RecImage

extension PictureReader {
    /// Reads bytes in memory.
    func read(_ bytes: [UInt8], name: String? = nil, scale: DecodingScale = .full) throws -> DecodedImage {
        try read(.data(bytes, name: name), scale: scale)
    }
}
