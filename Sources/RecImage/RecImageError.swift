public import RecCore

/// An error of `RecImage`: a picture that cannot be used.
///
/// Weights and networks have `RecNetworkError`.
public struct RecImageError: RecError, Hashable {
    /// What kind of thing went wrong.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The stable name in kebab case.
        public let description: String

        // MARK: Files

        /// There is no file at the path.
        public static let fileNotFound = Code(description: "file-not-found")
        /// The file cannot be opened or read.
        public static let unreadableFile = Code(description: "unreadable-file")

        // MARK: Pictures

        /// The file is empty.
        public static let emptyFile = Code(description: "empty-file")
        /// No decoder recognises the file; the message says what it looks like.
        ///
        /// The stable name is `not-jpeg`.
        public static let unknownPictureFormat = Code(description: "not-jpeg")
        /// The file ends before its picture does.
        public static let truncatedImage = Code(description: "truncated-image")
        /// The file is damaged.
        public static let corruptImage = Code(description: "corrupt-image")
        /// The file uses a feature of its format that is not supported; of JPEG: 12 bits, arithmetic coding without
        /// support, lossless.
        public static let unsupportedImage = Code(description: "unsupported-image")
        /// The picture has more pixels, or the file more scans, than the limits allow.
        public static let imageTooLarge = Code(description: "image-too-large")
        /// A decoder failed in a way of its own, or gave other rows than it was asked for.
        public static let decoderFault = Code(description: "decoder-fault")

        // MARK: Settings

        /// A setting is out of its documented range.
        public static let invalidSetting = Code(description: "invalid-setting")
    }

    /// What kind of thing went wrong.
    public let code: Code

    /// The file that it went wrong with, if there is one.
    public let path: String?

    /// What was wrong with which thing, and what to do about it; names the file.
    public let message: String

    /// The stable name of the code in kebab case.
    public var codeName: String { code.description }

    /// Creates an error; `message` is prefixed by the path when there is one.
    public init(_ code: Code, path: String? = nil, _ message: String) {
        self.code = code
        self.path = path
        self.message = path.map { "\($0): \(message)" } ?? message
    }
}
