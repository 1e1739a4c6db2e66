import RecCore
import RecFiles
import RecNetwork
import RecONNX
import RecTesting
import Testing

/// Files that are damaged, or made to do damage: each is a typed error or a model, and never more.
@Suite struct HostileFileTests {
    /// A model with a convolution, shape arithmetic, a branch and weights of several types.
    private func sample() -> ModelBuilder {
        var builder = ModelBuilder()
        builder.inputs = [ModelBuilder.info("x", [1, 2, 4, 4])]
        builder.outputs = [ModelBuilder.info("y", [1, -1])]
        builder.initializers = [
            ModelBuilder.tensor("w", [3, 2, 3, 3], (0..<54).map { Float($0) / 54 }),
            ModelBuilder.tensor("shape", [2], type: 7) { $0.writeIntegers(7, [1, -1]) },
            ModelBuilder.tensor("yes", [], type: 9) { $0.writeIntegers(5, [1]) },
        ]
        builder.add("Conv", ["x", "w"], ["a"], ["pads": .integers([1, 1, 1, 1]), "strides": .integers([2, 2])])
        builder.add("MaxPool", ["a"], ["b"], ["kernel_shape": .integers([2, 2]), "auto_pad": .text("SAME_UPPER")])
        var branch = ModelBuilder()
        branch.add("Relu", ["b"], ["c"])
        branch.outputs = [ModelBuilder.info("c", [])]
        builder.add("If", ["yes"], ["c"], ["then_branch": .graph(branch), "else_branch": .graph(branch)])
        builder.add("Reshape", ["c", "shape"], ["d"])
        builder.add("Softmax", ["d"], ["y"], ["axis": .integer(-1)])
        return builder
    }

    /// Reads, folds and runs bytes; gives the error that stopped it, which must be one of the package.
    private func use(_ bytes: [UInt8]) throws {
        do {
            let model = try ModelBuilder.model(bytes)
            _ = NodeSupport.unsupported(in: model)
            let graph = try FoldedGraph(model, inputShapes: ["x": [1, 2, 4, 4]])
            let work = graph.nodes.reduce(0) { sum, node in
                let operands = node.node.inputs.map { name in graph.types[name].map { Operand(type: $0) } }
                return sum + node.operation.work(operands, node.node.outputs.compactMap { graph.types[$0] })
            }
            guard work < 1e6, graph.types.values.allSatisfy({ $0.count < 100_000 }) else { return }
            _ = try graph.evaluate(["x": Tensor([Float](repeating: 1, count: 32), shape: [1, 2, 4, 4])])
        } catch is RecError {
            return
        }
    }

    @Test func `the sample runs`() throws {
        let graph = try FoldedGraph(try sample().model())
        #expect(graph.nodes.map(\.node.operatorType) == ["Conv", "MaxPool", "Relu", "Reshape", "Softmax"])
        #expect(graph.types["y"]?.shape == [1, 12])
    }

    @Test(arguments: 0..<8)
    func `no change of bytes does harm`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let whole = sample().bytes
        for _ in 0..<150 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 2: bytes.remove(at: place)
                case 3: bytes.insert([0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0, at: place)
                default:
                    bytes.replaceSubrange(place..<min(place + 9, bytes.count), with: [0xFF, 0xFF, 0xFF, 0xFF, 0x7F])
                }
            }
            try use(bytes)
        }
    }

    @Test func `no end of a file does harm`() throws {
        let whole = sample().bytes
        for count in whole.indices { try use(Array(whole[..<count])) }
    }

    @Test func `a node that depends on itself is refused`() {
        var builder = ModelBuilder()
        builder.add("Add", ["a", "b"], ["b"])
        #expect(codeOfError { _ = try builder.model() } == .corruptWeights)
        builder.nodes = []
        builder.add("Neg", ["a"], ["b"])
        builder.add("Neg", ["b"], ["a"])
        #expect(codeOfError { _ = try builder.model() } == .corruptWeights)
    }

    @Test func `two values of one name are refused`() {
        var builder = ModelBuilder()
        builder.add("Neg", ["x"], ["y"])
        builder.add("Abs", ["x"], ["y"])
        #expect(codeOfError { _ = try builder.model() } == .corruptWeights)
        builder.nodes = []
        builder.initializers = [ModelBuilder.tensor("w", [1], [1]), ModelBuilder.tensor("w", [1], [2])]
        #expect(codeOfError { _ = try builder.model() } == .corruptWeights)
    }

    @Test func `graphs within graphs have a limit`() {
        var inner = ModelBuilder()
        inner.add("Neg", ["x"], ["y"])
        for _ in 0..<40 {
            var outer = ModelBuilder()
            outer.add("If", ["x"], ["y"], ["then_branch": .graph(inner), "else_branch": .graph(ModelBuilder())])
            inner = outer
        }
        let builder = inner
        #expect(codeOfError { _ = try builder.model() } == .corruptWeights)
    }

    @Test(arguments: [[Int64.max, Int64.max], [-1], [1 << 40], [2, 3]])
    func `shapes that their bytes do not fill are refused`(shape: [Int64]) {
        var builder = ModelBuilder()
        builder.initializers = [ModelBuilder.tensor("w", shape, [1, 2])]
        #expect(codeOfError { _ = try builder.model() } == .corruptWeights)
    }

    @Test(
        arguments: [
            ("ConstantOfShape", [1 << 40, 1 << 40]), ("ConstantOfShape", [-5]), ("Expand", [1 << 30, 1 << 30]),
            ("Tile", [1 << 40]), ("Reshape", [1 << 62, 4]), ("Reshape", [-1, -1]),
        ] as [(String, [Int64])]
    )
    func `shapes beyond memory are refused before memory is taken`(operatorType: String, shape: [Int64]) {
        var builder = ModelBuilder()
        builder.inputs = [ModelBuilder.info("x", [4])]
        builder.initializers = [
            ModelBuilder.tensor("shape", [Int64(shape.count)], type: 7) { $0.writeIntegers(7, shape) }
        ]
        builder.outputs = [ModelBuilder.info("y", [])]
        builder.add(operatorType, operatorType == "ConstantOfShape" ? ["shape"] : ["x", "shape"], ["y"])
        let code = codeOfError { _ = try FoldedGraph(try builder.model()) }
        #expect(code == .invalidONNX || code == .unsupportedONNX)
    }

    @Test func `windows beyond any number are refused`() {
        for attribute in ["pads", "strides", "dilations", "kernel_shape"] {
            for number in [Int64.max, .min, -1, 0] {
                var builder = ModelBuilder()
                builder.inputs = [ModelBuilder.info("x", [1, 1, 4, 4])]
                builder.outputs = [ModelBuilder.info("y", [])]
                let list = [Int64](repeating: number, count: attribute == "pads" ? 4 : 2)
                builder.add(
                    "AveragePool",
                    ["x"],
                    ["y"],
                    ["kernel_shape": .integers([2, 2])].merging([attribute: .integers(list)]) { $1 }
                )
                let code = codeOfError { _ = try FoldedGraph(try builder.model()) }
                if attribute == "pads", number == 0 {
                    #expect(code == nil)
                } else if attribute != "strides" || number <= 0 {
                    #expect(code == .invalidONNX || code == .unsupportedONNX, "\(attribute) \(number)")
                }
            }
        }
    }
}
