internal import RecCore
internal import RecNetwork

/// Turns a folded graph into a network, node by node: a typed layer where a rule has one, else the operator itself.
///
/// The batch of the graph is 1; a plan runs many images.
struct GraphLowering {
    let graph: FoldedGraph
    /// The nodes that read each value.
    let consumers: [String: [Int]]
    /// The node that computes each value.
    let producers: [String: FoldedGraph.Node]
    private(set) var parameters: ParameterTable
    var network: Network
    /// The picture that the network takes.
    let image: ImageInput
    private(set) var held: [String: HeldValue] = [:]
    /// Where the elements of vectors come from, for those that were moved from a map.
    private(set) var origins: [Network.Value: ElementOrigin] = [:]
    /// The moves so far.
    var moves = MoveTable()
    /// Nodes that an earlier one has taken in.
    private(set) var taken: Set<Int> = []
    /// The values that are outputs.
    let outputs: Set<String>
    private var layerNames: Set<String> = []

    /// Lowers a graph of one image.
    ///
    /// - Throws: `RecError` with code `unsupportedONNX` when the graph does not take one image of floats or has empty
    ///   tensors, and the errors of reading constants.
    init(_ graph: FoldedGraph) throws {
        guard graph.inputs.count == 1, let input = graph.inputs.first, input.type.elementType == .float32,
            input.type.count > 0
        else {
            let given = graph.inputs.map { "'\($0.name)' \($0.type)" }.joined(separator: ", ")
            throw RecError(
                .unsupportedONNX,
                path: graph.path,
                "The graph takes \(given.isEmpty ? "no input" : given); a backbone takes one picture of F32. Cut it at "
                    + "a tensor that depends on the picture alone."
            )
        }
        self.graph = graph
        outputs = Set(graph.outputs.map(\.value))
        parameters = ParameterTable(path: graph.path)
        var consumers: [String: [Int]] = [:]
        for (index, node) in graph.nodes.enumerated() {
            for name in Set(node.node.inputs) where !name.isEmpty { consumers[name, default: []].append(index) }
        }
        self.consumers = consumers
        producers = graph.producers
        let image = ImageInput(input.type)
        self.image = image
        network = Network(channels: image.shape.channels)
        held[input.name] = HeldValue(
            input.type,
            image.form,
            HeldValue.Held(value: network.input, shape: image.shape)
        )
        for (index, node) in graph.nodes.enumerated() where !taken.contains(index) {
            guard try !LoweringRules.lower(node, &self) else { continue }
            try lowerGenerally(node)
        }
    }

    // MARK: What rules ask.

    /// The type of a value or a constant.
    func type(_ name: String) -> TensorType? { graph.types[name] }

    /// Whether a name is that of a constant.
    func isConstant(_ name: String) -> Bool { graph.constants[name] != nil }

    /// The only node that reads a value, if the value is no output of the graph and the node has not been taken.
    func onlyConsumer(of name: String) -> (index: Int, node: FoldedGraph.Node)? {
        guard let readers = consumers[name], readers.count == 1, !outputs.contains(name),
            !taken.contains(readers[0])
        else { return nil }
        return (readers[0], graph.nodes[readers[0]])
    }

    // MARK: What rules do.

    /// Marks a node as part of another.
    mutating func take(_ index: Int) { taken.insert(index) }

    /// A name for the layer of a node that no other layer has.
    mutating func layerName(_ node: ONNXNode) -> String {
        var name = node.name
        while !layerNames.insert(name).inserted { name += "'" }
        return name
    }

    /// Notes a parameter of a layer.
    mutating func setParameter(
        _ layer: String,
        _ role: Parameter.Role,
        _ values: @escaping ParameterTable.Reading
    ) {
        parameters.set(layer, role, values)
    }

    /// Notes where the elements of a vector come from.
    mutating func setOrigin(of vector: Network.Value, _ origin: ElementOrigin) { origins[vector] = origin }

    /// Says what a value of the graph is.
    mutating func hold(_ name: String, _ form: ValueForm, _ value: Network.Value, _ shape: FeatureMapShape) {
        guard let type = type(name) else { return }
        held[name] = HeldValue(type, form, HeldValue.Held(value: value, shape: shape))
    }

    /// Says that a value has the elements of another in the same order.
    mutating func alias(_ name: String, to other: String) {
        guard let type = type(name), let value = held[other] else { return }
        held[name] = HeldValue(value, as: type)
    }

    /// A value in a form, after the layers that bring it there.
    mutating func value(_ name: String, _ form: ValueForm) -> HeldValue.Held? {
        guard let source = held[name] else { return nil }
        if let value = source.forms[form] { return value }
        let result: HeldValue.Held
        if let channels = form.channels {
            guard let vector = value(name, .vector) else { return nil }
            if let map = map(behind: vector.value, form) {
                held[name]?.forms[form] = map
                return map
            }
            let pixels = vector.shape.count / channels
            guard pixels * channels == vector.shape.count, pixels > 0 else { return nil }
            let shape = FeatureMapShape(channels: channels, height: 1, width: pixels)
            let change: Rearrangement = form == .rows(channels: channels) ? .rowsToMap(shape) : .planesToMap(shape)
            let isVector = pixels == 1
            result = HeldValue.Held(
                value: isVector ? vector.value : network.rearrangement(vector.value, change),
                shape: shape
            )
        } else {
            guard let map = source.maps.first, let held = source.forms[map] else { return nil }
            let shape = FeatureMapShape(channels: held.shape.count)
            result = HeldValue.Held(value: vector(of: held, map), shape: shape)
        }
        held[name]?.forms[form] = result
        return result
    }

    /// A value as a map of that height and width.
    mutating func map(_ name: String, _ form: ValueForm, height: Int, width: Int) -> HeldValue.Held? {
        guard let map = value(name, form), map.shape.pixels == height * width else { return nil }
        return view(map, height: height, width: width)
    }

    /// A map with its positions in other rows and columns.
    mutating func view(_ map: HeldValue.Held, height: Int, width: Int) -> HeldValue.Held {
        let shape = FeatureMapShape(channels: map.shape.channels, height: height, width: width)
        guard shape != map.shape else { return map }
        return HeldValue.Held(value: network.reshape(map.value, shape), shape: shape)
    }

    /// The vector of a value of floats.
    mutating func vector(_ name: String) -> Network.Value? { value(name, .vector)?.value }
}

/// The picture that a graph takes, as a network has it: planar, CHW.
struct ImageInput {
    let form: ValueForm
    let shape: FeatureMapShape

    /// Tells NCHW from NHWC by the number of channels, and takes any other tensor for a vector.
    init(_ type: TensorType) {
        let dims = type.shape
        let colours = [1, 3]
        if dims.count == 4, dims[0] == 1, colours.contains(dims[3]), !colours.contains(dims[1]) {
            form = .rows(channels: dims[3])
            shape = FeatureMapShape(channels: dims[3], height: dims[1], width: dims[2])
        } else if dims.count == 4, dims[0] == 1 {
            form = .planes(channels: dims[1])
            shape = FeatureMapShape(channels: dims[1], height: dims[2], width: dims[3])
        } else {
            form = .vector
            shape = FeatureMapShape(channels: type.count)
        }
    }
}
