import RecImage
import RecNetwork
import Testing

/// How a host brings a backbone of its own.
@Suite struct CustomBackboneTests {
    @Test func `a family's smaller member is a row of numbers`() throws {
        let tiny = Backbone.resNet("tiny", ResNet(block: .bottleneck, blocks: [1, 1], width: 4))
        let network = try #require(tiny.variants.first).network()
        let suffixes: [Parameter.Role: String] = [
            .weight: "weight", .bias: "bias", .scale: "weight", .shift: "bias", .mean: "running_mean",
            .variance: "running_var",
        ]
        let tensors = network.parameters.map { (name: "\($0.layer).\(suffixes[$0.role] ?? "")", shape: $0.shape) }
        let weights = ReferenceWeights(tensors, order: .outputFirst)
        let model = try BackboneModel(backbone: tiny, weights: weights, inputSize: 32)
        #expect(tensors.contains { $0.name == "layer2.0.downsample.1.running_var" && $0.shape == [32] })
        #expect(model.plan.output == FeatureMapShape(channels: 32, height: 4, width: 4))
    }

    @Test func `a network of one's own needs layers and the names of their tensors`() throws {
        let edges = Backbone(
            name: "edges",
            inputSize: 4,
            variants: [
                Backbone.Variant(naming: [.pyTorch { "encoder.\($0)" }], preprocessing: .torchvisionV1) {
                    var network = Network(channels: 1)
                    let window = SlidingWindow(2, stride: 2)
                    let convolution = Convolution(inputs: 1, outputs: 2, window: window, hasBias: true)
                    let x = network.convolution("conv", network.input, convolution)
                    network.tap(.pooled, at: network.activation(x, .relu))
                    return network
                }
            ]
        )
        let model = try BackboneModel(backbone: edges, weights: Edges())
        let image: [Float] = [
            0, 1, 0, 1,
            0, 1, 0, 1,
            0, 1, 2, 0,
            0, 1, 2, 0,
        ]
        let features = try model.features(of: image.span, count: 1, workspace: Workspace(for: model.plan))
        #expect(features == [1.5, 1])  // mean of relu(2, 2, 2, -4), and of relu(-2, -2, -2, 4)
    }

    /// One filter that likes a bright right side, one that likes a bright left side.
    private struct Edges: TensorSource {
        let tensorNames = ["encoder.conv.weight", "encoder.conv.bias"]

        func shape(of name: String) -> [Int]? { name.hasSuffix("weight") ? [2, 1, 2, 2] : [2] }

        func floats(of name: String) -> [Float] {
            name.hasSuffix("weight") ? [-1, 1, -1, 1, 1, -1, 1, -1] : [0, 0]
        }
    }
}
