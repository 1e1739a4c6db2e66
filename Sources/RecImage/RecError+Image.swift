public import RecCore

extension RecError.Code {
    /// No decoder recognises the file; the message names its probable format.
    ///
    /// The stable name is `not-jpeg`.
    package static let unknownPictureFormat = RecError.Code("not-jpeg", .unsupportedMedia)
    /// The file ends before its picture does.
    public static let truncatedImage = RecError.Code("truncated-image", .unprocessable)
    /// The file is damaged.
    public static let corruptImage = RecError.Code("corrupt-image", .unprocessable)
    /// The file uses a feature of its format that is not supported; of JPEG: 12 bits, arithmetic coding without support,
    /// lossless.
    public static let unsupportedImage = RecError.Code("unsupported-image", .unsupportedMedia)
    /// The picture has more pixels, or the file more scans, than the limits allow.
    package static let imageTooLarge = RecError.Code("image-too-large", .tooLarge)
    /// A decoder threw an error of another type, or did not return the requested rows.
    package static let decoderFault = RecError.Code("decoder-fault", .internal)
    /// The vector of a model is not that of the self-test beside its weights; the message says by how much.
    package static let selfTestFailed = RecError.Code("self-test-failed", .configuration)
    /// The self-test beside the weights is damaged.
    package static let invalidSelfTest = RecError.Code("invalid-self-test", .configuration)
    /// The file beside the weights with the ranges of the network's maps is damaged, or for other weights.
    package static let invalidRanges = RecError.Code("invalid-ranges", .configuration)
    /// An ``ExtractionQueue`` has no room for more inputs; try again later.
    package static let queueFull = RecError.Code("queue-full", .busy)
}
