public import RecCore

/// An error of `RecNetwork`: a weight file or a network that cannot be used.
public struct RecNetworkError: RecError, Hashable {
    /// What kind of thing went wrong.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The stable name in kebab case.
        public let description: String

        // MARK: Files

        /// There is no file at the path.
        public static let fileNotFound = Code(description: "file-not-found")
        /// The file cannot be opened or read.
        public static let unreadableFile = Code(description: "unreadable-file")
        /// The file is empty.
        public static let emptyFile = Code(description: "empty-file")

        // MARK: Weights

        /// The file is none of the weight formats.
        public static let unknownWeightFormat = Code(description: "unknown-weight-format")
        /// The weight file is cut off or contradicts itself.
        public static let corruptWeights = Code(description: "corrupt-weights")
        /// The weight file uses a feature of its format that is not supported.
        public static let unsupportedWeights = Code(description: "unsupported-weights")
        /// A pickle asks for a class or function that is not on the allow-list.
        public static let forbiddenPickle = Code(description: "forbidden-pickle")
        /// The weights lack a tensor that the network needs.
        public static let missingTensor = Code(description: "missing-tensor")
        /// A tensor has another shape or element type than the network needs.
        public static let misshapedTensor = Code(description: "misshaped-tensor")
        /// The weights belong to another architecture.
        public static let wrongArchitecture = Code(description: "wrong-architecture")

        // MARK: Networks

        /// There is no backbone of that name.
        public static let unknownBackbone = Code(description: "unknown-backbone")
        /// The network has no layer of that name to take features from.
        public static let unknownLayer = Code(description: "unknown-layer")
        /// A setting is out of its documented range, or does not fit the network.
        public static let invalidSetting = Code(description: "invalid-setting")
        /// The network gave a value that is not finite.
        public static let notFinite = Code(description: "not-finite")
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
