import Foundation
import RecNetwork
import RecONNX
import RecTesting
import Testing

/// What exporters write out in several nodes becomes one layer that computes the same.
@Suite struct PatternTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let function: @Sendable (Double) -> Double
        let write: @Sendable (inout GraphWriter) -> Void

        init(
            _ name: String,
            _ function: @escaping @Sendable (Double) -> Double,
            _ write: @escaping @Sendable (inout GraphWriter) -> Void
        ) {
            testDescription = name
            self.function = function
            self.write = write
        }
    }

    static let cases = [
        Case("SiLU", silu) {
            $0.node("Sigmoid", ["x"], "s")
            $0.node("Mul", ["x", "s"], "y")
        },
        Case("GELU of CLIP", { $0 / (1 + exp(-1.702 * $0)) }) {
            $0.constant("c", [1.702], [])
            $0.node("Mul", ["x", "c"], "a")
            $0.node("Sigmoid", ["a"], "s")
            $0.node("Mul", ["x", "s"], "y")
        },
        Case("hard swish at a hard sigmoid", hardSwish) {
            $0.node("HardSigmoid", ["x"], "s", ["alpha": .float(1.0 / 6), "beta": .float(0.5)])
            $0.node("Mul", ["x", "s"], "y")
        },
        Case("hard swish divided at last", hardSwish) {
            limited(&$0)
            $0.node("Mul", ["x", "c"], "m")
            $0.node("Div", ["m", "six"], "y")
        },
        Case("hard swish divided first", hardSwish) {
            limited(&$0)
            $0.node("Div", ["c", "six"], "d")
            $0.node("Mul", ["d", "x"], "y")
        },
        Case("GELU halved at last", gelu) {
            errorFunction(&$0)
            $0.node("Mul", ["x", "b"], "m")
            $0.node("Mul", ["m", "half"], "y")
        },
        Case("GELU halved before", gelu) {
            errorFunction(&$0)
            $0.node("Mul", ["b", "half"], "m")
            $0.node("Mul", ["x", "m"], "y")
        },
        Case("GELU of half the value", gelu) {
            $0.constant("half", [0.5], [1])
            $0.node("Mul", ["x", "half"], "h")
            errorFunction(&$0, hasHalf: true)
            $0.node("Mul", ["h", "b"], "y")
        },
        Case("GELU by the hyperbolic tangent", tanhGELU) {
            $0.constant("three", [3], [])
            $0.constant("k", [0.044715], [])
            $0.constant("r", [0.7978845608], [])
            $0.constant("one", [1], [])
            $0.constant("half", [0.5], [])
            $0.node("Pow", ["x", "three"], "p")
            $0.node("Mul", ["k", "p"], "q")
            $0.node("Add", ["x", "q"], "a")
            $0.node("Mul", ["a", "r"], "b")
            $0.node("Tanh", ["b"], "t")
            $0.node("Add", ["t", "one"], "u")
            $0.node("Mul", ["x", "half"], "h")
            $0.node("Mul", ["h", "u"], "y")
        },
    ]

    private static func silu(_ x: Double) -> Double { x / (1 + exp(-x)) }
    private static func hardSwish(_ x: Double) -> Double { x * min(max(x + 3, 0), 6) / 6 }
    private static func gelu(_ x: Double) -> Double { x * erfc(-x / 2.0.squareRoot()) / 2 }
    private static func tanhGELU(_ x: Double) -> Double {
        x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x))) / 2
    }

    private static func limited(_ writer: inout GraphWriter) {
        writer.constant("threes", [3], [1])
        writer.constant("zero", [0], [])
        writer.constant("six", [6], [])
        writer.node("Add", ["x", "threes"], "a")
        writer.node("Clip", ["a", "zero", "six"], "c")
    }

    private static func errorFunction(_ writer: inout GraphWriter, hasHalf: Bool = false) {
        writer.constant("root", [1.41421356], [])
        writer.constant("one", [1], [])
        if !hasHalf { writer.constant("half", [0.5], []) }
        writer.node("Div", ["x", "root"], "d")
        writer.node("Erf", ["d"], "e")
        writer.node("Add", ["e", "one"], "b")
    }

    @Test(arguments: cases)
    func `an activation that is written out is one layer`(_ test: Case) throws {
        var writer = GraphWriter()
        writer.input("x", [1, 5, 3, 4])
        test.write(&writer)
        writer.output("y")
        let lowered = try LoweredNetwork(writer.model(), inputShapes: [:], cutAt: "y")
        let plan = try Self.plan(lowered, height: 3, width: 4)
        #expect(plan.stepAlgorithms == ["layout", "affine"])
        var random = SeededGenerator(seed: 2)
        let pixels = (0..<60).map { _ in Float.random(in: -5...5, using: &random) }
        let result = plan.run(pixels.span, count: 1, workspace: Workspace(for: plan))
        for (value, x) in zip(result, pixels) { #expect(abs(Double(value) - test.function(Double(x))) < 3e-6) }
    }

    @Test func `a layer normalisation that is written out is one layer`() throws {
        var writer = GraphWriter()
        writer.input("x", [1, 6, 2, 2])
        writer.node("Transpose", ["x"], "r", ["perm": .integers([0, 2, 3, 1])])
        writer.constant("two", [2], [])
        writer.constant("epsilon", [0.01], [])
        writer.constant("gamma", [1, 2, 3, 4, 5, 6], [6])
        writer.constant("beta", [6, 5, 4, 3, 2, 1], [6])
        writer.node("ReduceMean", ["r"], "m", ["axes": .integers([-1])])
        writer.node("Sub", ["r", "m"], "d")
        writer.node("Pow", ["d", "two"], "p")
        writer.node("ReduceMean", ["p"], "v", ["axes": .integers([-1])])
        writer.node("Add", ["v", "epsilon"], "w")
        writer.node("Sqrt", ["w"], "s")
        writer.node("Div", ["d", "s"], "q")
        writer.node("Mul", ["q", "gamma"], "g")
        writer.node("Add", ["g", "beta"], "n")
        writer.node("Transpose", ["n"], "y", ["perm": .integers([0, 3, 1, 2])])
        writer.output("y")
        let lowered = try LoweredNetwork(writer.model(), inputShapes: [:])
        let plan = try Self.plan(lowered, height: 2, width: 2)
        #expect(plan.stepAlgorithms == ["layout", "normalization"])
        let pixels = (0..<24).map { Float($0 * $0 % 17) }
        let result = plan.run(pixels.span, count: 1, workspace: Workspace(for: plan))
        for position in 0..<4 {
            let row = (0..<6).map { Double(pixels[$0 * 4 + position]) }
            let mean = row.reduce(0, +) / 6
            let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 6
            for channel in 0..<6 {
                let expected =
                    (row[channel] - mean) / (variance + 0.01).squareRoot() * Double(channel + 1) + Double(6 - channel)
                #expect(abs(Double(result[channel * 4 + position]) - expected) < 1e-5)
            }
        }
    }

    @Test func `the projection of a residual block comes when its input has just been read`() throws {
        var writer = GraphWriter()
        writer.input("x", [1, 2, 1, 4])
        writer.constant("twice", [2, 0, 0, 2], [2, 2, 1, 1])
        writer.constant("swap", [0, 1, 1, 0], [2, 2, 1, 1])
        writer.constant("thrice", [3, 0, 0, 3], [2, 2, 1, 1])
        writer.node("Relu", ["x"], "r")
        writer.node("Conv", ["r", "twice"], "a")
        writer.node("Relu", ["a"], "b")
        writer.node("Conv", ["b", "swap"], "c")
        writer.node("Conv", ["r", "thrice"], "projection")
        writer.node("Add", ["c", "projection"], "y")
        writer.output("y")
        let lowered = try LoweredNetwork(writer.model(), inputShapes: [:], cutAt: "y")
        let plan = try Self.plan(lowered, height: 1, width: 4)
        #expect(plan.stepNames.filter { ["a", "c", "projection"].contains($0) } == ["a", "projection", "c"])
        let pixels: [Float] = [1, -2, 3, -4, 5, 6, -1, 2]
        let result = plan.run(pixels.span, count: 1, workspace: Workspace(for: plan))
        #expect(result == [13, 12, 9, 4, 17, 18, 6, 6])
    }

    static func plan(_ lowered: LoweredNetwork, height: Int, width: Int) throws -> Plan {
        try Plan(
            lowered.network,
            layer: LoweredNetwork.layer,
            height: height,
            width: width,
            parameters: lowered.parameters
        )
    }
}
