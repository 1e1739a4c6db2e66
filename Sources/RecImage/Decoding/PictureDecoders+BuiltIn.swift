extension PictureDecoders {
    /// The decoders that come with the package.
    ///
    /// To add a format, add a row.
    public static let builtIn = PictureDecoders([
        JPEGDecoder()
    ])
}
