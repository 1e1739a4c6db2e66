/// A graph of layers, without parameters and without sizes of images.
///
/// Build a network from front to back; each call returns a value for later layers:
///
/// ```swift
/// var network = Network(channels: 3)
/// var x = network.convolution("conv1", network.input, outputs: 8, size: 3)
/// x = network.batchNormalization("bn1", x)
/// x = network.activation(x, .relu)
/// network.tap(.pooled, at: x)
/// ```
/// Layers with parameters have names; a ``TensorNaming`` finds their tensors by these names.
public struct Network: Sendable, Hashable {
    /// A value that flows between layers: the image, or the output of a layer.
    public struct Value: Sendable, Hashable {
        package let index: Int
    }

    /// One layer of the graph.
    package struct Node: Sendable, Hashable {
        package let name: String
        package let layer: Layer
        package let inputs: [Value]
    }

    /// Channels of the image.
    package let channels: Int

    /// The layers in the order of computation; node i computes value i + 1.
    package private(set) var nodes: [Node] = []

    /// The values of the feature layers.
    private(set) var taps: [FeatureLayer: Value] = [:]

    /// Creates a network without layers for images with that number of channels.
    public init(channels: Int = 3) {
        precondition(channels > 0, "an image has a plane")
        self.channels = channels
    }

    /// The image, NCHW.
    public var input: Value { Value(index: 0) }

    /// Names a value as a feature layer.
    public mutating func tap(_ layer: FeatureLayer, at value: Value) {
        precondition(value.index <= nodes.count, "a value of another network")
        taps[layer] = value
    }

    /// Adds a layer.
    ///
    /// - Parameters:
    ///   - name: The name; names of layers with parameters must differ.
    ///   - layer: The layer.
    ///   - inputs: The inputs of the layer.
    /// - Returns: The output of the layer.
    /// - Precondition: The inputs are values of this network, as many as the layer takes.
    package mutating func append(_ name: String, _ layer: Layer, _ inputs: [Value]) -> Value {
        precondition(inputs.count == layer.inputCount, "inputs of \(name)")
        precondition(inputs.allSatisfy { $0.index <= nodes.count }, "a value of another network")
        precondition(
            layer.parameters(name: name).isEmpty || !nodes.contains { $0.name == name },
            "two layers named \(name)"
        )
        nodes.append(Node(name: name, layer: layer, inputs: inputs))
        return Value(index: nodes.count)
    }
}
