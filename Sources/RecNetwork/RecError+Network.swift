package import RecCore

extension RecError.Code {
    /// The file is not in a known weight format.
    package static let unknownWeightFormat = RecError.Code("unknown-weight-format", .configuration)
    /// The weight file is truncated or inconsistent.
    package static let corruptWeights = RecError.Code("corrupt-weights", .configuration)
    /// The weight file uses a feature of its format that is not supported.
    package static let unsupportedWeights = RecError.Code("unsupported-weights", .configuration)
    /// A pickle names a class or function that is not on the allow-list.
    package static let forbiddenPickle = RecError.Code("forbidden-pickle", .configuration)
    /// The weights lack a tensor that the network needs.
    package static let missingTensor = RecError.Code("missing-tensor", .configuration)
    /// A tensor does not have the shape or element type that the network needs.
    package static let misshapedTensor = RecError.Code("misshaped-tensor", .configuration)
    /// The weights belong to another architecture.
    package static let wrongArchitecture = RecError.Code("wrong-architecture", .configuration)
    /// The file holds several networks of the backbone, and nothing says which is meant.
    package static let ambiguousWeights = RecError.Code("ambiguous-weights", .configuration)
    /// There is no backbone of that name.
    package static let unknownBackbone = RecError.Code("unknown-backbone", .configuration)
    /// The network has no feature layer of that name.
    package static let unknownLayer = RecError.Code("unknown-layer", .configuration)
    /// The network computed a value that is not finite.
    package static let notFinite = RecError.Code("not-finite", .configuration)
}
