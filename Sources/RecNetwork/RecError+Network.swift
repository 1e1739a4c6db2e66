public import RecCore

extension RecError.Code {
    /// The file is none of the weight formats.
    public static let unknownWeightFormat = RecError.Code("unknown-weight-format", .configuration)
    /// The weight file is cut off or contradicts itself.
    public static let corruptWeights = RecError.Code("corrupt-weights", .configuration)
    /// The weight file uses a feature of its format that is not supported.
    public static let unsupportedWeights = RecError.Code("unsupported-weights", .configuration)
    /// A pickle asks for a class or function that is not on the allow-list.
    public static let forbiddenPickle = RecError.Code("forbidden-pickle", .configuration)
    /// The weights lack a tensor that the network needs.
    public static let missingTensor = RecError.Code("missing-tensor", .configuration)
    /// A tensor has another shape or element type than the network needs.
    public static let misshapedTensor = RecError.Code("misshaped-tensor", .configuration)
    /// The weights belong to another architecture.
    public static let wrongArchitecture = RecError.Code("wrong-architecture", .configuration)
    /// There is no backbone of that name.
    public static let unknownBackbone = RecError.Code("unknown-backbone", .configuration)
    /// The network has no layer of that name to take features from.
    public static let unknownLayer = RecError.Code("unknown-layer", .configuration)
    /// The network gave a value that is not finite.
    public static let notFinite = RecError.Code("not-finite", .configuration)
}
