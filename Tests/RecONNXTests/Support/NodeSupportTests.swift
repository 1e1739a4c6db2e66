import RecCore
import RecONNX
import Testing

/// The one error that says what cannot be used.
@Suite struct NodeSupportTests {
    @Test func `all unsupported nodes are in one error, with what helps`() throws {
        var builder = ModelBuilder()
        builder.inputs = [ModelBuilder.info("x", [2])]
        builder.outputs = [ModelBuilder.info("y", [2])]
        builder.add("Relu", ["x"], ["good"])
        builder.add("NonMaxSuppression", ["good"], ["a"], name: "first")
        builder.add("FusedConv", ["a"], ["b"], domain: "com.microsoft", name: "second")
        builder.add("Block", ["b"], ["c"], domain: "my.domain", name: "third")
        builder.add("Gelu", ["c"], ["d"], name: "fourth")
        builder.add("Resize", ["d", "", "x"], ["y"], ["mode": .text("lanczos")], name: "fifth")
        let model = try builder.model()
        let found = NodeSupport.unsupported(in: model)
        #expect(found.map(\.name) == ["first", "second", "third", "fourth", "fifth"])
        #expect(found.map(\.operatorType)[1...2] == ["com.microsoft.FusedConv", "my.domain.Block"])
        let message = NodeSupport.error(found, in: model).message
        for part in [
            "first", "second", "third", "fourth", "fifth", "export with opset 20", "lanczos", "'good'",
        ] {
            #expect(message.contains(part))
        }
        #expect(codeOfError { _ = try FoldedGraph(model) } == .unsupportedONNX)
    }

    @Test func `what no output needs is not asked for`() throws {
        var builder = ModelBuilder()
        builder.inputs = [ModelBuilder.info("x", [2])]
        builder.outputs = [ModelBuilder.info("y", [2])]
        builder.add("Relu", ["x"], ["y"])
        builder.add("Frobnicate", ["x"], ["z"])
        let model = try builder.model()
        #expect(NodeSupport.unsupported(in: model) == [])
        #expect(NodeSupport.unsupported(in: model, outputs: ["z"]).map(\.operatorType) == ["Frobnicate"])
    }

    @Test func `an operator set that is newer than all known ones is refused`() throws {
        var builder = ModelBuilder()
        builder.opset = 99
        builder.inputs = [ModelBuilder.info("x", [2])]
        builder.outputs = [ModelBuilder.info("y", [2])]
        builder.add("Relu", ["x"], ["y"])
        #expect(NodeSupport.unsupported(in: try builder.model()).count == 1)
    }
}
