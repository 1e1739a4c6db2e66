internal import RecNetwork
internal import RecONNX

extension Backbone {
    /// A network in an ONNX file, with its weights.
    ///
    /// ```swift
    /// let extractor = try CNNFeatureExtractor(Backbone(onnx: "model.onnx"))
    /// ```
    /// Features are those of the last tensor before the classifier, or of the tensor that
    /// the setting `layer` names; the graph is computed no further. A tensor NCHW or of tokens (1 x positions x
    /// channels) is pooled as the setting `pooling` says. Operator sets from version 1 on are read; weights may
    /// lie in further files of the same folder.
    ///
    /// Pictures are prepared as the setting `preprocessing` or the configuration beside the file says; without
    /// either, as for torchvision's ImageNet weights, in the size of the network.
    ///
    /// - Parameter path: The path of the file, which must not be changed while the backbone is in use.
    /// - Throws: `RecError` when the file cannot be read as ONNX, or does not take one picture. Operators that are not
    ///   supported are reported, all in one error, when an extractor is made.
    public init(onnx path: String) throws {
        self.init(graph: try GraphFile(ONNXModel(path: path)))
    }
}
