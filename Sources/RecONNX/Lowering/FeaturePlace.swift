internal import RecCore
internal import RecNetwork

/// The tensor of a graph that features are taken from.
struct FeaturePlace {
    /// The name of the tensor.
    let name: String

    /// Checks that a model has a tensor of that name.
    ///
    /// - Throws: `RecError` with code `unknownLayer`, whose message names similar ones.
    static func check(_ name: String, in model: ONNXModel) throws(RecError) {
        let names = model.graph.nodes.flatMap(\.outputs).filter { !$0.isEmpty }
        guard !names.contains(name) else { return }
        let similar = names.filter { $0.contains(name) || name.contains($0) }
        let known = (similar.isEmpty ? names : similar).suffix(6).joined(separator: ", ")
        throw RecError(
            .unknownLayer,
            path: model.path,
            "There is no tensor '\(name)' to take features from; among others there are: \(known). 'rec-demo network' "
                + "lists all."
        )
    }

    /// The last tensor before the classifier.
    ///
    /// The classifier is the last product with a constant matrix that has a bias, seen from the first output, with only
    /// element-wise operators and changes of shape behind it; without one the output itself is the place. Where the
    /// mean of all positions lies before the classifier, the place is the map before the mean.
    ///
    /// - Throws: `RecError` with code `unsupportedONNX` when the graph has no output that depends on the picture.
    init(beforeClassifierOf graph: FoldedGraph) throws(RecError) {
        let outputs = graph.outputs.filter { graph.constants[$0.value] == nil }
        guard let output = Self.preferred(outputs) else {
            throw RecError(.unsupportedONNX, path: graph.path, "No output of the graph depends on the picture.")
        }
        name = Self.beforeClassifier(output, graph.producers, graph) ?? output
    }

    /// The output that is an embedding by its name, else the first.
    private static func preferred(_ outputs: [FoldedGraph.Output]) -> String? {
        let names = ["image_embeds", "image_embeddings", "sentence_embedding", "pooler_output"]
        let named = names.lazy.compactMap { name in outputs.first { $0.name == name } }.first
        return (named ?? outputs.first)?.value
    }

    private static func beforeClassifier(
        _ output: String,
        _ producers: [String: FoldedGraph.Node],
        _ graph: FoldedGraph
    ) -> String? {
        var value = output
        var hasBias = false
        while let node = producers[value] {
            let inputs = node.node.inputs.filter { !$0.isEmpty && graph.constants[$0] == nil }
            guard inputs.count == 1 else { return nil }
            let hasMatrix = node.node.inputs.dropFirst().first.map { graph.constants[$0]?.type.rank == 2 } ?? false
            switch node.node.operatorType {
            case "Gemm" where hasMatrix && (hasBias || node.node.inputs.count > 2),
                "MatMul" where hasMatrix && hasBias:
                return beforeMean(inputs[0], producers, graph)
            case "Add": hasBias = node.node.inputs.count == 2
            case "Softmax", "LogSoftmax", "Sigmoid", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity", "Cast":
                break
            default: return nil
            }
            value = inputs[0]
        }
        return nil
    }

    /// The map whose mean a vector is, or the vector.
    private static func beforeMean(
        _ vector: String,
        _ producers: [String: FoldedGraph.Node],
        _ graph: FoldedGraph
    ) -> String {
        var value = vector
        while let node = producers[value] {
            switch node.node.operatorType {
            case "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity", "Dropout", "Cast":
                value = node.node.inputs[0]
            case "GlobalAveragePool": return node.node.inputs[0]
            case "ReduceMean":
                guard let map = graph.types[node.node.inputs[0]], let mean = graph.types[value] else { return vector }
                // The mean of a map over its height and width, or of rows over all of them.
                let isMap = map.rank == 4 && map.shape[0] == 1 && mean.count == map.shape[1]
                return isMap ? node.node.inputs[0] : vector
            default: return vector
            }
        }
        return vector
    }
}
