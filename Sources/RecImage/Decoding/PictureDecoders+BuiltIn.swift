extension PictureDecoders {
    /// The decoders that come with the package: JPEG, and the formats of the enabled package traits.
    ///
    /// To add a format, add its trait.
    public static let builtIn = PictureDecoders(available)

    /// The package traits of formats that this build cannot read.
    static let missingTraits = {
        var traits: Set<String> = ["PNG", "WebP", "HEIF"]
        #if PNG
        traits.remove("PNG")
        #endif
        #if WebP
        traits.remove("WebP")
        #endif
        #if HEIF
        traits.remove("HEIF")
        #endif
        return traits
    }()

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
