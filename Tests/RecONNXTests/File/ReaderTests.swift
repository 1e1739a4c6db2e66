import RecCore
import RecFiles
import RecNetwork
import RecONNX
import Testing

/// What is read of a file, against what the standard says of its fields.
@Suite struct ReaderTests {
    @Test func `a graph has its nodes, weights, inputs and outputs`() throws {
        var builder = ModelBuilder()
        builder.inputs = [ModelBuilder.info("x", [-1, 2]), ModelBuilder.info("w", [2, 2])]
        builder.initializers = [ModelBuilder.tensor("w", [2, 2], [1, 2, 3, 4])]
        builder.outputs = [ModelBuilder.info("y", [-1, 2])]
        builder.add("MatMul", ["x", "w"], ["y"])
        let model = try builder.model()
        #expect(model.opset == 17 && model.irVersion == 8 && model.producer == "tests")
        #expect(model.graph.inputs.map(\.name) == ["x"])
        #expect(model.graph.inputs[0].shapeText == "[N, 2]")
        #expect(model.graph.nodes.map(\.operatorType) == ["MatMul"])
        #expect(try model.graph.constants["w"]?.load() == Tensor([1, 2, 3, 4], shape: [2, 2]))
        let input = Tensor([1, 1, 0, 1], shape: [2, 2])
        #expect(try model.evaluate(["x": input])[0].floats == [4, 6, 3, 4])
    }

    @Test func `typed numbers are read for each type`() throws {
        func load(_ type: Int64, _ shape: [Int64], _ extra: (inout ProtobufWriter) -> Void) throws -> Tensor {
            var builder = ModelBuilder()
            builder.initializers = [ModelBuilder.tensor("w", shape, type: type, extra: extra)]
            builder.outputs = [ModelBuilder.info("w", shape, type: type)]
            return try #require(try builder.model().graph.constants["w"]).load()
        }
        #expect(try load(1, [2]) { $0.write(4, packed: [0.5, -2] as [Float]) }.floats == [0.5, -2])
        #expect(try load(7, [3]) { $0.writeIntegers(7, [1, -1, .max]) }.integers == [1, -1, .max])
        for (type, numbers) in [
            (3, [-128, 127]), (2, [0, 255]), (5, [-7, 7]), (4, [1, 65535]), (6, [-9, 9]), (9, [0, 1]),
        ] {
            let values = numbers.map { Int64($0) }
            #expect(try load(Int64(type), [2]) { $0.writeIntegers(5, values) }.integers == values)
        }
        #expect(try load(12, [1]) { $0.writeIntegers(11, [4_294_967_295]) }.integers == [4_294_967_295])
        // 1.5 and -2 in binary16, 1 in bfloat16.
        #expect(try load(10, [2]) { $0.writeIntegers(5, [0x3E00, 0xC000]) }.floats == [1.5, -2])
        #expect(try load(16, [1]) { $0.writeIntegers(5, [0x3F80]) }.floats == [1])
        #expect(try load(11, [1]) { $0.write(10, [0, 0, 0, 0, 0, 0, 0xF8, 0x3F]) }.doubles == [1.5])
        #expect(try load(10, [2]) { $0.write(9, [0, 0x3E, 0, 0xC0]) }.floats == [1.5, -2])
    }

    @Test func `weights beside the model are read from their place`() throws {
        var builder = ModelBuilder()
        builder.initializers = [external("w", location: "m.data", offset: 4, length: 8)]
        builder.outputs = [ModelBuilder.info("w", [2])]
        var data: [UInt8] = []
        data.append(littleEndian: [9, 1, 2])
        let model = try builder.model(beside: ["m.data": data])
        #expect(try model.graph.constants["w"]?.load().floats == [1, 2])
    }

    @Test func `a model without its weights is read, and its weights are missed when they are needed`() throws {
        var builder = ModelBuilder()
        builder.initializers = [external("w", location: "m.data", offset: 0, length: 8)]
        builder.outputs = [ModelBuilder.info("w", [2])]
        let constant = try #require(try builder.model().graph.constants["w"])
        #expect(constant.type.shape == [2])
        #expect(codeOfError { _ = try constant.load() } == .fileNotFound)
    }

    @Test(
        arguments: ["../m.data", "/etc/passwd", "a/../../m.data", "", "a//b", "C:\\m.data", ".."]
    )
    func `no weights outside of the folder are read`(location: String) {
        var builder = ModelBuilder()
        builder.initializers = [external("w", location: location, offset: 0, length: 8)]
        #expect(codeOfError { _ = try builder.model() } == .corruptWeights)
    }

    @Test(arguments: [(-1, 8), (4, 8), (0, 4), (Int.max, 8), (8, 8)])
    func `weights beyond the end of their file are refused`(offset: Int, length: Int) {
        var builder = ModelBuilder()
        builder.initializers = [external("w", location: "m.data", offset: offset, length: length)]
        let code = codeOfError { _ = try builder.model(beside: ["m.data": [UInt8](repeating: 0, count: 8)]) }
        #expect(code == .corruptWeights)
    }

    @Test func `nodes in any order are brought into one that runs`() throws {
        var builder = ModelBuilder()
        builder.inputs = [ModelBuilder.info("x", [1])]
        builder.outputs = [ModelBuilder.info("y", [1])]
        builder.add("Neg", ["b"], ["y"])
        builder.add("Exp", ["a"], ["b"])
        builder.add("Abs", ["x"], ["a"])
        let model = try builder.model()
        #expect(model.graph.nodes.map(\.operatorType) == ["Abs", "Exp", "Neg"])
    }

    @Test func `weights in nodes are weights`() throws {
        var builder = ModelBuilder()
        builder.add("Constant", [], ["w"], ["value": .tensor(ModelBuilder.tensor("", [2], [3, 4]))])
        builder.add("Constant", [], ["n"], ["value_ints": .integers([5, 6])])
        builder.outputs = [ModelBuilder.info("w", [2])]
        let graph = try builder.model().graph
        #expect(graph.nodes.isEmpty)
        #expect(try graph.constants["w"]?.load().floats == [3, 4])
        #expect(try graph.constants["n"]?.load().integers == [5, 6])
    }

    private func external(_ name: String, location: String, offset: Int, length: Int) -> [UInt8] {
        ModelBuilder.tensor(name, [2]) { writer in
            for (key, value) in [("location", location), ("offset", "\(offset)"), ("length", "\(length)")] {
                writer.write(13) { entry in
                    entry.write(1, key)
                    entry.write(2, value)
                }
            }
            writer.write(14, Int64(1))
        }
    }
}
