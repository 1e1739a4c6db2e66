internal import RecCore
package import RecNetwork

/// A graph as a network with its parameters, up to the tensor that features are taken from.
package struct LoweredNetwork: Sendable {
    /// What the plan of the network gives for an image.
    package enum Output: Sendable, Hashable {
        /// A map: CHW of a picture, or tokens as channels by positions.
        case map
        /// The elements of the tensor in its own order.
        case vector
    }

    /// The network, with features at ``layer``.
    package let network: Network
    /// Its parameters.
    package let parameters: ParameterTable
    /// The name of the tensor that features are taken from.
    package let tensor: String
    /// The type of that tensor in the graph.
    package let type: TensorType
    /// The height and width of the images that a plan takes.
    package let imageSize: (height: Int, width: Int)
    /// Whether the graph takes images as HWC.
    private let hasChannelsLast: Bool
    /// The only feature layer of the network.
    package static let layer: FeatureLayer = "features"

    /// Folds a model for one picture and lowers it up to the tensor that features are taken from.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - inputShapes: The shapes of its inputs by name.
    ///   - tensor: The name of the tensor to take features from; `nil` for the last before the classifier.
    ///   - output: Whether features keep the shape of a map, so that they can be pooled.
    /// - Throws: `RecError` with code `unknownLayer`, `unsupportedONNX`, which lists all unsupported nodes that the
    ///   tensor depends on, or `invalidONNX`, and the errors of reading constants.
    package init(
        _ model: ONNXModel,
        inputShapes: [String: [Int]],
        cutAt tensor: String? = nil,
        as output: Output = .map
    ) throws {
        try tensor.map { try FeaturePlace.check($0, in: model) }
        var graph = try FoldedGraph(model, inputShapes: inputShapes, outputs: tensor.map { [$0] })
        let place: FoldedGraph.Output
        if let only = graph.outputs.first, tensor != nil {
            place = only
        } else {
            let name = try FeaturePlace(beforeClassifierOf: graph).name
            place = FoldedGraph.Output(name: name, value: name)
        }
        graph.outputs = [place]
        graph.removeUnused()
        try self.init(graph, as: output)
    }

    /// Lowers a folded graph up to its first output.
    ///
    /// - Throws: `RecError` with code `unsupportedONNX` or `invalidONNX`, and the errors of reading constants.
    package init(_ graph: FoldedGraph, as output: Output) throws {
        guard let place = graph.outputs.first, let type = graph.types[place.value] else {
            throw RecError(.invalidONNX, path: graph.path, "The graph has no output.")
        }
        var ordered = graph
        ordered.bringConvolutionsTogether()
        var lowering = try GraphLowering(ordered)
        guard lowering.isFloat(place.value), graph.constants[place.value] == nil else {
            throw RecError(
                .unsupportedONNX,
                path: graph.path,
                "The tensor '\(place.name)' does not hold floats of the picture; take features from another."
            )
        }
        guard let value = lowering.features(place.value, type, as: output) else {
            throw RecError(.invalidONNX, path: graph.path, "The tensor '\(place.name)' is computed by no node.")
        }
        lowering.network.tap(Self.layer, at: value)
        network = lowering.network
        parameters = lowering.parameters
        tensor = place.name
        self.type = type
        imageSize = (lowering.image.shape.height, lowering.image.shape.width)
        hasChannelsLast = lowering.image.form == .rows(channels: lowering.image.shape.channels)
    }

    /// The input tensors of some images as a plan takes them, CHW.
    ///
    /// - Precondition: All images have the size that the network was lowered for.
    package func planar(_ values: [Float], images: Int) -> [Float] {
        guard hasChannelsLast, images > 0 else { return values }
        let channels = network.channels
        let pixels = imageSize.height * imageSize.width
        precondition(values.count == images * channels * pixels, "images of one size")
        return values.indices.map { place in
            let (image, rest) = place.quotientAndRemainder(dividingBy: channels * pixels)
            return values[(image * pixels + rest % pixels) * channels + rest / pixels]
        }
    }
}

extension GraphLowering {
    /// The value that features are taken from: a map that has channels by positions, or a vector.
    ///
    /// Four dimensions are taken for a picture's, NCHW; three for rows of channels.
    fileprivate mutating func features(
        _ name: String,
        _ type: TensorType,
        as output: LoweredNetwork.Output
    ) -> Network.Value? {
        let dims = type.shape
        guard output == .map, dims.count > 2, dims.count <= 4 else { return vector(name) }
        if dims.count == 4, dims[0] == 1 {
            return map(name, .planes(channels: dims[1]), height: dims[2], width: dims[3])?.value
        }
        return dims.count == 3 ? value(name, .rows(channels: dims[2]))?.value : vector(name)
    }
}
