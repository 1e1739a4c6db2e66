package import RecCore

extension RecError.Code {
    /// The graph uses operators, or forms of them, that are not supported.
    package static let unsupportedONNX = RecError.Code("unsupported-onnx", .configuration)
    /// The graph contradicts the ONNX standard.
    package static let invalidONNX = RecError.Code("invalid-onnx", .configuration)
}
