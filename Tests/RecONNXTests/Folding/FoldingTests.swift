import RecCore
import RecFiles
import RecNetwork
import RecONNX
import Testing

/// What folding leaves of a graph.
@Suite struct FoldingTests {
    private func integers(_ name: String, _ values: [Int64]) -> [UInt8] {
        ModelBuilder.tensor(name, [Int64(values.count)], type: 7) { $0.writeIntegers(7, values) }
    }

    @Test func `arithmetic of shapes leaves nothing but the reshape`() throws {
        var builder = ModelBuilder()
        builder.inputs = [ModelBuilder.info("x", [-1, 3, 4])]
        builder.outputs = [ModelBuilder.info("y", [-1, -1])]
        builder.initializers = [integers("zero", [0]), integers("rest", [-1])]
        builder.add("Shape", ["x"], ["s"])
        builder.add("Gather", ["s", "zero"], ["n"])
        builder.add("Concat", ["n", "rest"], ["t"], ["axis": .integer(0)])
        builder.add("Reshape", ["x", "t"], ["y"])
        let graph = try FoldedGraph(try builder.model(), inputShapes: ["x": [2, 3, 4]])
        #expect(graph.nodes.map(\.node.operatorType) == ["Reshape"])
        #expect(graph.types["y"] == TensorType(.float32, [2, 12]))
        #expect(graph.inputs.map(\.name) == ["x"] && graph.inputs[0].type == TensorType(.float32, [2, 3, 4]))
    }

    @Test func `names that mean the same value become one`() throws {
        var builder = ModelBuilder()
        builder.inputs = [ModelBuilder.info("x", [2])]
        builder.outputs = [ModelBuilder.info("y", [2]), ModelBuilder.info("same", [2])]
        builder.initializers = [ModelBuilder.tensor("w", [2], [1, 2])]
        builder.add("Identity", ["w"], ["v"])
        builder.add("Identity", ["v"], ["u"])
        builder.add("Dropout", ["x"], ["d"])
        builder.add("Add", ["d", "u"], ["y"])
        builder.add("Identity", ["y"], ["same"])
        let graph = try FoldedGraph(try builder.model())
        #expect(graph.nodes.map(\.node.inputs) == [["x", "w"]])
        #expect(graph.outputs.map(\.name) == ["y", "same"])
        #expect(graph.outputs.map(\.value) == ["y", "y"])
    }

    @Test func `weights that are only given another shape stay in the file`() throws {
        var builder = ModelBuilder()
        builder.inputs = [ModelBuilder.info("x", [1, 4])]
        builder.outputs = [ModelBuilder.info("y", [1, 1])]
        builder.initializers = [ModelBuilder.tensor("w", [4], [1, 2, 3, 4]), integers("shape", [4, 1])]
        builder.add("Reshape", ["w", "shape"], ["v"])
        builder.add("MatMul", ["x", "v"], ["y"])
        let graph = try FoldedGraph(try builder.model())
        let constant = try #require(graph.constants["v"])
        guard case .mapped = constant.content else {
            Issue.record("the weights were copied")
            return
        }
        #expect(try graph.evaluate(["x": Tensor([1, 1, 1, 1], shape: [1, 4])])[0].floats == [10])
    }

    @Test func `a cut leaves out what lies behind it, supported or not`() throws {
        var builder = ModelBuilder()
        builder.inputs = [ModelBuilder.info("x", [2])]
        builder.outputs = [ModelBuilder.info("z", [])]
        builder.add("Relu", ["x"], ["y"])
        builder.add("NonMaxSuppression", ["y"], ["z"], name: "nms")
        builder.add("Frobnicate", ["z"], ["unused"])
        let model = try builder.model()
        #expect(codeOfError { _ = try FoldedGraph(model) } == .unsupportedONNX)
        #expect(try FoldedGraph(model, outputs: ["y"]).nodes.count == 1)
    }

    @Test(arguments: [true, false])
    func `a branch with a constant condition takes its place`(condition: Bool) throws {
        var builder = ModelBuilder()
        builder.inputs = [ModelBuilder.info("x", [2])]
        builder.outputs = [ModelBuilder.info("y", [2])]
        builder.initializers = [
            ModelBuilder.tensor("c", [], type: 9) { $0.writeIntegers(5, [condition ? 1 : 0]) },
            ModelBuilder.tensor("w", [2], [1, 2]),
        ]
        var (first, second) = (ModelBuilder(), ModelBuilder())
        first.add("Add", ["x", "w"], ["r"])
        second.initializers = [ModelBuilder.tensor("k", [2], [3, 3])]
        second.add("Mul", ["x", "k"], ["r"])
        first.outputs = [ModelBuilder.info("r", [2])]
        second.outputs = [ModelBuilder.info("r", [2])]
        builder.add("If", ["c"], ["q"], ["then_branch": .graph(first), "else_branch": .graph(second)])
        builder.add("Neg", ["q"], ["y"])
        let graph = try FoldedGraph(try builder.model())
        let found = try graph.evaluate(["x": Tensor([5, 6], shape: [2])])[0].floats
        #expect(found == (condition ? [-6, -8] : [-15, -18]))
    }

    @Test func `a size that the file fixes cannot be another`() throws {
        var builder = ModelBuilder()
        builder.inputs = [ModelBuilder.info("x", [-1, 2])]
        builder.outputs = [ModelBuilder.info("y", [-1, 2])]
        builder.add("Relu", ["x"], ["y"])
        let model = try builder.model()
        #expect(codeOfError { _ = try FoldedGraph(model) } == .invalidONNX)
        #expect(codeOfError { _ = try FoldedGraph(model, inputShapes: ["x": [1, 3]]) } == .invalidONNX)
        #expect(try FoldedGraph(model, inputShapes: ["x": [7, 2]]).types["y"]?.shape == [7, 2])
    }

    @Test func `a part without elements leaves no node`() throws {
        var builder = ModelBuilder()
        builder.inputs = [ModelBuilder.info("x", [2, 3])]
        builder.outputs = [ModelBuilder.info("y", [2, 3])]
        builder.initializers = [integers("sizes", [3, 0])]
        builder.add("Split", ["x", "sizes"], ["a", "b"], ["axis": .integer(1)])
        builder.add("Neg", ["a"], ["c"])
        builder.add("Concat", ["b", "c"], ["y"], ["axis": .integer(1)])
        let graph = try FoldedGraph(try builder.model())
        #expect(graph.nodes.map(\.node.operatorType) == ["Split", "Neg"])
        let found = try graph.evaluate(["x": Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])])
        #expect(found.map(\.floats) == [[-1, -2, -3, -4, -5, -6]])
    }
}
