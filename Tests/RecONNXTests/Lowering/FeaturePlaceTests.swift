import RecCore
import RecNetwork
import RecONNX
import Testing

/// Where features are taken from, and in which order.
@Suite struct FeaturePlaceTests {
    /// A convolution, the mean of its map, a hidden layer if wanted, a classifier with softmax.
    private static func classifier(hasHidden: Bool) -> GraphWriter {
        var writer = GraphWriter()
        writer.input("x", [nil, 3, nil, nil])
        writer.constant("w", (0..<12).map { Float($0) / 8 - 0.5 }, [4, 3, 1, 1])
        writer.constant("f", (0..<12).map { Float($0 % 5) - 2 }, [3, 4])
        writer.constant("g", (0..<9).map { Float($0 % 4) - 1 }, [3, 3])
        writer.constant("b", [0.5, 0, -1], [3])
        writer.node("Conv", ["x", "w"], "map")
        writer.node("GlobalAveragePool", ["map"], "mean")
        writer.node("Flatten", ["mean"], "flat")
        if hasHidden {
            writer.node("Gemm", ["flat", "f", "b"], "hidden", ["transB": .integer(1)])
            writer.node("Relu", ["hidden"], "vector")
            writer.node("Gemm", ["vector", "g", "b"], "logits", ["transB": .integer(1)])
        } else {
            writer.node("Gemm", ["flat", "f", "b"], "logits", ["transB": .integer(1)])
        }
        writer.node("Softmax", ["logits"], "y")
        writer.output("y")
        return writer
    }

    private static let shapes = ["x": [1, 3, 5, 4]]

    @Test(arguments: [(false, "map"), (true, "vector")])
    func `features are those of the last tensor before the classifier, and the map where its mean is taken`(
        _ hasHidden: Bool,
        _ tensor: String
    ) throws {
        let model = try Self.classifier(hasHidden: hasHidden).model()
        let lowered = try LoweredNetwork(model, inputShapes: Self.shapes)
        #expect(lowered.tensor == tensor)
        let plan = try PatternTests.plan(lowered, height: 5, width: 4)
        #expect(
            plan.output
                == (hasHidden ? FeatureMapShape(channels: 3) : FeatureMapShape(channels: 4, height: 5, width: 4))
        )
    }

    @Test func `a name takes features from any tensor, and what is behind it is not checked`() throws {
        var writer = Self.classifier(hasHidden: false)
        writer.node("Mystery", ["y"], "z")
        writer.output("z")
        let model = try writer.model()
        let lowered = try LoweredNetwork(model, inputShapes: Self.shapes, cutAt: "flat")
        #expect(try PatternTests.plan(lowered, height: 5, width: 4).output == FeatureMapShape(channels: 4))
        let error = #expect(throws: RecError.self) { try LoweredNetwork(model, inputShapes: Self.shapes) }
        #expect(error?.code.name == "unsupported-onnx")
        #expect(error?.message.contains("Mystery") == true)
    }

    @Test func `an unknown tensor is an error that names similar ones`() throws {
        let model = try Self.classifier(hasHidden: false).model()
        let error = #expect(throws: RecError.self) {
            try LoweredNetwork(model, inputShapes: Self.shapes, cutAt: "fla")
        }
        #expect(error?.code == .unknownLayer)
        #expect(error?.message.contains("flat") == true)
    }

    @Test func `tokens are positions of a map, and a vector keeps the order of the tensor`() throws {
        var writer = GraphWriter()
        writer.input("x", [1, 2, 3, 2])
        writer.constant("s", integers: [1, 2, 6])
        writer.node("Reshape", ["x", "s"], "r")
        writer.node("Transpose", ["r"], "t", ["perm": .integers([0, 2, 1])])
        writer.node("Relu", ["t"], "y")
        writer.output("y")
        let model = try writer.model()
        let pixels = (0..<12).map { Float($0) }
        func run(_ output: LoweredNetwork.Output) throws -> (FeatureMapShape, [Float]) {
            let plan = try PatternTests.plan(
                LoweredNetwork(model, inputShapes: [:], as: output),
                height: 3,
                width: 2
            )
            return (plan.output, plan.run(pixels.span, count: 1, workspace: Workspace(for: plan)))
        }
        let (map, tokens) = try run(.map)
        #expect(map.channels == 2 && map.pixels == 6)
        #expect(tokens == pixels)
        let (vector, values) = try run(.vector)
        #expect(vector == FeatureMapShape(channels: 12))
        #expect(values == [0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11])
    }

    @Test func `a picture with channels last is read without being rearranged`() throws {
        var writer = GraphWriter()
        writer.input("x", [1, 2, 5, 3])
        writer.constant("w", (0..<12).map { Float($0) }, [4, 3, 1, 1])
        writer.node("Transpose", ["x"], "t", ["perm": .integers([0, 3, 1, 2])])
        writer.node("Conv", ["t", "w"], "y")
        writer.output("y")
        let lowered = try LoweredNetwork(writer.model(), inputShapes: [:])
        let plan = try PatternTests.plan(lowered, height: 2, width: 5)
        #expect(plan.stepAlgorithms == ["direct"])
        let rows = (0..<30).map { Float($0 % 7) }
        let pixels = lowered.planar(rows, images: 1)
        let result = plan.run(pixels.span, count: 1, workspace: Workspace(for: plan))
        for position in 0..<10 {
            for output in 0..<4 {
                let expected = (0..<3).reduce(Float(0)) { $0 + Float(3 * output + $1) * rows[3 * position + $1] }
                #expect(result[output * 10 + position] == expected)
            }
        }
    }

    @Test func `a graph of two inputs is no backbone`() throws {
        var writer = GraphWriter()
        writer.input("x", [1, 3, 2, 2])
        writer.input("z", [1, 3, 2, 2])
        writer.node("Add", ["x", "z"], "y")
        writer.output("y")
        let model = try writer.model()
        let error = #expect(throws: RecError.self) { try LoweredNetwork(model, inputShapes: [:]) }
        #expect(error?.code.name == "unsupported-onnx")
    }
}
