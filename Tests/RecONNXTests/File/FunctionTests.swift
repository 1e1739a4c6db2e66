import RecCore
import RecNetwork
import RecONNX
import Testing

/// Functions that a file defines.
@Suite struct FunctionTests {
    private func builder(_ functions: [ModelBuilder.Function]) -> ModelBuilder {
        var builder = ModelBuilder()
        builder.functions = functions
        builder.inputs = [ModelBuilder.info("x", [2, 3])]
        builder.outputs = [ModelBuilder.info("y", [])]
        return builder
    }

    private func function(
        _ name: String,
        inputs: [String] = ["x"],
        outputs: [String] = ["y"],
        overload: String = "",
        _ write: (inout ModelBuilder) -> Void
    ) -> ModelBuilder.Function {
        var body = ModelBuilder()
        write(&body)
        return ModelBuilder.Function(name: name, overload: overload, inputs: inputs, outputs: outputs, body: body)
    }

    private func result(_ builder: ModelBuilder) throws -> [Float] {
        let model = try builder.model()
        let x = ["x": Tensor([1, -2, 3, -4, 5, -6] as [Float], shape: [2, 3])]
        let values = try FoldedGraph(model).evaluate(x)[0].floats
        #expect(try model.evaluate(x)[0].floats == values)
        return values
    }

    @Test func `each call has values of its own, in functions within functions too`() throws {
        // Body and caller use the same names, for different values.
        let twice = function("Twice") {
            $0.add("Add", ["x", "x"], ["t"])
            $0.add("Identity", ["t"], ["y"])
        }
        let four = function("Four") {
            $0.add("Twice", ["x"], ["t"], domain: "my.domain")
            $0.add("Twice", ["t"], ["y"], domain: "my.domain")
        }
        var builder = builder([four, twice])
        builder.add("Four", ["x"], ["t"], domain: "my.domain", name: "first")
        builder.add("Four", ["t"], ["z"], domain: "my.domain", name: "second")
        builder.add("Sub", ["z", "t"], ["y"])
        #expect(try result(builder) == [12, -24, 36, -48, 60, -72])
        let made = try builder.model().graph.nodes.flatMap(\.outputs)
        #expect(made.contains { $0.hasPrefix("first#") })
    }

    @Test(arguments: [(nil, [-3, 3, -3]), (0, [-3, 3, -3]), (1, [2, -5])] as [(Int64?, [Float])])
    func `an attribute comes from the call, or from the function`(axis: Int64?, expected: [Float]) throws {
        var sum = function("Total") {
            $0.add("Constant", [], ["axes"], ["value_int": .parameter("axis")])
            $0.add("Unsqueeze", ["axes", "zero"], ["list"])
            $0.add("ReduceSum", ["x", "list"], ["y"], ["keepdims": .integer(0)])
            $0.add("Constant", [], ["zero"], ["value_ints": .integers([0])])
        }
        sum.parameters = ["axis"]
        sum.defaults = ["axis": .integer(0)]
        var builder = builder([sum])
        builder.add("Total", ["x"], ["y"], axis.map { ["axis": .integer($0)] } ?? [:], domain: "my.domain")
        #expect(try result(builder) == expected)
    }

    @Test func `an attribute that nobody gives is the operator's own default`() throws {
        var soft = function("Flat") { $0.add("Flatten", ["x"], ["y"], ["axis": .parameter("axis")]) }
        soft.parameters = ["axis"]
        var builder = builder([soft])
        builder.add("Flat", ["x"], ["y"], domain: "my.domain")
        #expect(try result(builder) == [1, -2, 3, -4, 5, -6])
    }

    @Test func `nodes of a function are of its own operator set`() throws {
        // Softmax flattens its operand up to opset 12, and works on one axis since.
        var old = function("Old") { $0.add("Softmax", ["x"], ["y"], ["axis": .integer(0)]) }
        old.opset = 11
        var builder = builder([old])
        builder.add("Old", ["x"], ["y"], domain: "my.domain")
        #expect(abs(try result(builder).reduce(0, +) - 1) < 1e-6)
        builder.functions[0].opset = 17
        #expect(abs(try result(builder).reduce(0, +) - 3) < 1e-6)
    }

    @Test func `overloads differ by their names, and operands may be left out`() throws {
        let up = function("Clamp", inputs: ["x", "low", "high"], overload: "a") {
            $0.add("Clip", ["x", "low", "high"], ["y"])
        }
        let down = function("Clamp", inputs: ["x"], overload: "b") { $0.add("Neg", ["x"], ["y"]) }
        var builder = builder([up, down])
        builder.initializers = [ModelBuilder.tensor("two", [], [2])]
        builder.add("Clamp", ["x", "", "two"], ["t"], domain: "my.domain", overload: "a")
        builder.add("Clamp", ["t"], ["y"], domain: "my.domain", overload: "b")
        #expect(try result(builder) == [-1, 2, -2, 4, -2, 6])
    }

    @Test func `graphs within a function see its values, and keep their own`() throws {
        var yes = ModelBuilder()
        yes.add("Twice", ["x"], ["v"], domain: "my.domain")
        yes.outputs = [ModelBuilder.info("v", [])]
        var no = ModelBuilder()
        no.add("Neg", ["x"], ["v"])
        no.outputs = [ModelBuilder.info("v", [])]
        var choice = function("Choice") {
            $0.add("Constant", [], ["flag"], ["value_int": .parameter("flag")])
            $0.add("Cast", ["flag"], ["condition"], ["to": .integer(9)])
            $0.add("If", ["condition"], ["y"], ["then_branch": .graph(yes), "else_branch": .graph(no)])
        }
        choice.parameters = ["flag"]
        let twice = function("Twice") { $0.add("Add", ["x", "x"], ["y"]) }
        var builder = builder([choice, twice])
        builder.add("Neg", ["x"], ["v"])
        builder.add("Choice", ["v"], ["a"], ["flag": .integer(1)], domain: "my.domain")
        builder.add("Choice", ["v"], ["b"], ["flag": .integer(0)], domain: "my.domain")
        builder.add("Add", ["a", "b"], ["y"])
        let model = try builder.model()
        let x = Tensor([1, -2, 3, -4, 5, -6] as [Float], shape: [2, 3])
        #expect(try FoldedGraph(model).evaluate(["x": x])[0].floats == [-1, 2, -3, 4, -5, 6])
    }

    @Test func `an output may be an input, and one value may be two outputs`() throws {
        let pass = function("Pass", outputs: ["x", "t", "t"]) { $0.add("Neg", ["x"], ["t"]) }
        var builder = builder([pass])
        builder.add("Pass", ["x"], ["a", "b", "c"], domain: "my.domain")
        builder.add("Sum", ["a", "b", "c"], ["y"])
        #expect(try result(builder) == [-1, 2, -3, 4, -5, 6])
    }

    @Test func `a circle of functions is refused`() {
        let first = function("First") { $0.add("Second", ["x"], ["y"], domain: "my.domain") }
        let second = function("Second") { $0.add("First", ["x"], ["y"], domain: "my.domain") }
        var builder = builder([first, second])
        builder.add("First", ["x"], ["y"], domain: "my.domain")
        #expect(codeOfError { _ = try builder.model() } == .corruptWeights)
    }

    @Test func `functions that double at each step are bounded`() {
        var functions: [ModelBuilder.Function] = []
        for level in 0..<30 {
            functions.append(
                function("F\(level)") {
                    let (type, domain) = level == 0 ? ("Neg", "") : ("F\(level - 1)", "my.domain")
                    $0.add(type, ["x"], ["t"], domain: domain)
                    $0.add(type, ["t"], ["y"], domain: domain)
                }
            )
        }
        var builder = builder(functions)
        builder.add("F29", ["x"], ["y"], domain: "my.domain")
        #expect(codeOfError { _ = try builder.model() } == .corruptWeights)
    }

    @Test func `a call with too many operands, and two functions of one name, are refused`() {
        let negated = function("Negated") { $0.add("Neg", ["x"], ["y"]) }
        var surplus = builder([negated])
        surplus.add("Negated", ["x", "x"], ["y"], domain: "my.domain")
        #expect(codeOfError { _ = try surplus.model() } == .corruptWeights)
        var double = builder([negated, negated])
        double.add("Negated", ["x"], ["y"], domain: "my.domain")
        #expect(codeOfError { _ = try double.model() } == .corruptWeights)
    }
}
