import RecCompute
import RecCore
import RecNetwork
import RecONNX

extension ConformanceRun {
    /// Runs a case as a network whose input is the first tensor of floats; the other inputs are constants.
    ///
    /// - Returns: `nil` when there is no such input, or no output of floats depends on it.
    init?(_ test: ConformanceCase, asNetworkAt level: ProcessorLevel) {
        self.init()
        var runs = 0
        do {
            for (inputs, expected) in try test.dataSets() {
                runs += try runNetworks(test.model, inputs, expected, level)
            }
        } catch {
            fail("\(error)")
        }
        if runs == 0, fault == nil { return nil }
    }

    /// Runs a network for each output of floats that depends on the input, and gives their number.
    private mutating func runNetworks(
        _ model: ONNXModel,
        _ inputs: [String: Tensor],
        _ expected: [Tensor],
        _ level: ProcessorLevel
    ) throws -> Int {
        let pictures = model.graph.inputs.map(\.name).filter { name in
            inputs[name].map { $0.elementType == .float32 && $0.count > 0 } ?? false
        }
        guard let picture = pictures.first, let input = inputs[picture],
            let graph = try? FoldedGraph(
                model,
                inputShapes: [picture: input.shape],
                constants: inputs.filter { $0.key != picture }
            )
        else { return 0 }
        var runs = 0
        for (output, wanted) in zip(graph.outputs, expected) {
            var part = graph
            part.outputs = [output]
            part.removeUnused()
            guard part.inputs.count == 1, !part.nodes.isEmpty, wanted.elementType == .float32, wanted.count > 0,
                part.constants[output.value] == nil
            else { continue }
            let lowered = try LoweredNetwork(part, as: .vector)
            let plan = try lowered.plan(ExecutionSettings(batch: 1, level: level))
            let pixels = lowered.planar(input.floats, images: 1)
            let found = plan.run(pixels.span, count: 1, workspace: Workspace(for: plan))
            guard found.count == wanted.count else {
                fail("the network gives \(found.count) numbers, not \(wanted.count)")
                return runs
            }
            compare([Tensor(found, shape: wanted.shape)], [wanted])
            runs += 1
        }
        return runs
    }
}
