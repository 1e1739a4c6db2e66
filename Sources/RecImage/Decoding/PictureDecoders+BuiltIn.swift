extension PictureDecoders {
    /// The decoders that come with the package: JPEG, and the formats of the enabled package traits.
    ///
    /// The decoder that a trait brings has the trait's name. To add a format, add its trait.
    public static let builtIn = PictureDecoders(available)

    private static var available: [any PictureDecoder] {
        var decoders: [any PictureDecoder] = [JPEGDecoder()]
        #if PNG
        decoders.append(PNGDecoder())
        #endif
        #if WebP
        decoders.append(WebPDecoder())
        #endif
        #if HEIF
        decoders.append(HEIFDecoder())
        #endif
        return decoders
    }
}
