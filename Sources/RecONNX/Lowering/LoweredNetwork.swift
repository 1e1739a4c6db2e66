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
    /// The only feature layer of the network.
    package static let layer: FeatureLayer = "features"

    /// Lowers a graph.
    ///
    /// - Parameters:
    ///   - graph: The graph, for one image.
    ///   - tensor: The name of the tensor to take features from; `nil` for the last before the classifier.
    ///   - output: Whether features keep the shape of a map, so that they can be pooled.
    /// - Throws: `RecError` with code `unknownLayer`, `unsupportedONNX` or `invalidONNX`, and the errors of reading
    ///   constants.
    package init(_ graph: FoldedGraph, cutAt tensor: String? = nil, as output: Output = .map) throws {
        let place = try tensor.map { try FeaturePlace(named: $0, in: graph) } ?? FeaturePlace(beforeClassifierOf: graph)
        let part = graph.part(for: place.name)
        var lowering = try GraphLowering(part)
        guard let type = part.types[place.name], lowering.isFloat(place.name) else {
            throw RecError(
                .unsupportedONNX,
                path: graph.path,
                "The tensor '\(place.name)' does not hold floats; take features from another."
            )
        }
        guard let value = lowering.features(place.name, type, as: output) else {
            throw RecError(.invalidONNX, path: graph.path, "The tensor '\(place.name)' is computed by no node.")
        }
        lowering.network.tap(Self.layer, at: value)
        network = lowering.network
        parameters = lowering.parameters
        self.tensor = place.name
        self.type = type
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

extension FoldedGraph {
    /// The nodes, constants and types that one tensor depends on, with that tensor as the only output.
    func part(for tensor: String) -> FoldedGraph {
        var part = self
        part.outputs = [tensor]
        var needed: Set<String> = [tensor]
        var kept: [Node] = []
        for node in nodes.reversed() where node.node.outputs.contains(where: { !$0.isEmpty && needed.contains($0) }) {
            needed.formUnion(node.node.inputs)
            kept.append(node)
        }
        part.nodes = kept.reversed()
        part.constants = constants.filter { needed.contains($0.key) }
        return part
    }
}
