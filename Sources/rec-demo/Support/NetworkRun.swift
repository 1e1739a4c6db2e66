import RecCore
import RecNetwork
import RecONNX

/// Runs the graph of an ONNX file on arrays: by a plan where one picture of floats goes in, else operator by operator.
struct NetworkRun {
    let model: ONNXModel
    let outputs: [String]

    init(_ model: ONNXModel, outputs: [String]) {
        self.model = model
        self.outputs = outputs
    }

    /// The outputs, in their order.
    func run(_ inputs: [String: Tensor]) throws -> [Tensor] {
        if let tensors = try runPlans(inputs) { return tensors }
        let graph = try FoldedGraph(model, inputShapes: inputs.mapValues(\.shape), outputs: outputs)
        return try graph.evaluate(inputs)
    }

    /// The outputs by a plan for each; `nil` when the input is no batch of pictures, or an output is none of their
    /// features.
    private func runPlans(_ inputs: [String: Tensor]) throws -> [Tensor]? {
        guard let (name, tensor) = inputs.first, inputs.count == 1, tensor.elementType == .float32,
            let count = tensor.shape.first, count > 0, tensor.count > 0,
            let declared = model.graph.inputs.first(where: { $0.name == name })?.dimensions?.first
        else { return nil }
        if case .fixed = declared, count != 1 { return nil }
        let shape = [1] + tensor.shape.dropFirst()
        var results: [Tensor] = []
        for output in outputs {
            let graph = try FoldedGraph(model, inputShapes: [name: shape], outputs: [output])
            guard let value = graph.outputs.first?.value, let type = graph.types[value],
                graph.constants[value] == nil, type.elementType == .float32, type.count > 0,
                count == 1 || type.shape.first == 1, graph.inputs.map(\.name) == [name]
            else { return nil }
            let lowered = try LoweredNetwork(graph, as: .vector)
            let plan = try lowered.plan(ExecutionSettings(batch: min(count, 8)))
            let pixels = lowered.planar(tensor.floats, images: count)
            let values = plan.run(pixels.span, count: count, workspace: Workspace(for: plan))
            results.append(Tensor(values, shape: count == 1 ? type.shape : [count] + type.shape.dropFirst()))
        }
        return results
    }
}
