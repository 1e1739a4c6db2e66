import RecNetwork
import RecONNX
import Testing

/// Networks of many families, exported by PyTorch, against ONNX Runtime.
@Suite(.enabled(if: !ExportedCase.all.isEmpty, "REC_ONNX_CASES names no folder with cases"))
struct ExportedNetworkTests {
    @Test(arguments: ExportedCase.all)
    func `outputs agree with another engine's`(_ exported: ExportedCase) throws {
        let description = try exported.description()
        let input = try #require(description.inputs.first)
        guard description.inputs.count == 1, input.type == "float32" else { return }
        let model = try ONNXModel(path: exported.model)
        let images = input.shape[0]
        let shapes = [input.name: [1] + input.shape.dropFirst()]
        let values = try exported.floats(input)
        for output in description.outputs where output.type == "float32" {
            let graph = try FoldedGraph(model, inputShapes: shapes, outputs: [output.name])
            let lowered = try LoweredNetwork(graph, as: .vector)
            let plan = try lowered.plan(ExecutionSettings(batch: images))
            let pixels = lowered.planar(values, images: images)
            let result = plan.run(pixels.span, count: images, workspace: Workspace(for: plan))
            let expected = try exported.floats(output)
            #expect(result.count == expected.count)
            let cosine = Self.cosine(result, expected)
            #expect(cosine >= 0.99999, "\(output.name): cosine \(cosine)")
        }
    }

    private static func cosine(_ first: [Float], _ second: [Float]) -> Double {
        var (product, a, b) = (0.0, 0.0, 0.0)
        for (x, y) in zip(first, second) {
            product += Double(x) * Double(y)
            a += Double(x) * Double(x)
            b += Double(y) * Double(y)
        }
        return product / (a * b).squareRoot()
    }
}
