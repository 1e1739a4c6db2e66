import Foundation
import RecNetwork
import RecONNX
import RecTesting
import Testing

/// Attention as exporters write it becomes one layer that computes the same.
@Suite struct AttentionPatternTests {
    static let tokens = 10
    static let heads = 3
    static let size = 8
    static var width: Int { heads * size }

    /// How an exporter writes attention: from "q", "k" and "v", rows of all heads, to "y", such rows again.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var scale = 1 / Double(size).squareRoot()
        /// What is added to the scores of a head.
        var mask: @Sendable (_ head: Int, _ query: Int, _ key: Int) -> Double = { _, _, _ in 0 }
        var opset = 17
        let write: @Sendable (inout GraphWriter) -> Void
    }

    static let cases = [
        Case(testDescription: "the scale on the scores") {
            split(&$0)
            product(&$0)
            $0.constant("scale", [Float(Double(size).squareRoot())], [])
            $0.node("Div", ["s", "scale"], "t")
            $0.node("Softmax", ["t"], "w", ["axis": .integer(-1)])
            mix(&$0)
        },
        Case(testDescription: "the root of the scale on queries and keys") {
            split(&$0)
            $0.constant("scale", [Float(1 / Double(size).squareRoot().squareRoot())], [])
            $0.node("Mul", ["qh", "scale"], "qs")
            $0.node("Transpose", ["kh"], "kt", ["perm": .integers([0, 1, 3, 2])])
            $0.node("Mul", ["kt", "scale"], "ks")
            $0.node("MatMul", ["qs", "ks"], "s")
            $0.node("Softmax", ["s"], "w", ["axis": .integer(-1)])
            mix(&$0)
        },
        Case(testDescription: "a mask for all heads, and zeros for what is not a number", scale: 1, mask: causal) {
            split(&$0)
            product(&$0)
            let mask = (0..<tokens * tokens).map { Float(causal(0, $0 / tokens, $0 % tokens)) }
            $0.constant("mask", mask, [1, 1, tokens, tokens])
            $0.constant("zero", [0], [])
            $0.node("Add", ["s", "mask"], "t")
            $0.node("Softmax", ["t"], "p", ["axis": .integer(-1)])
            $0.node("IsNaN", ["p"], "n")
            $0.node("Where", ["n", "zero", "p"], "w")
            mix(&$0)
        },
        Case(testDescription: "a mask for each head", scale: 1, mask: { Double($0 + $1 * $2 % 5) / 4 }) {
            split(&$0)
            product(&$0)
            let mask = (0..<heads * tokens * tokens).map { index in
                let (head, rest) = index.quotientAndRemainder(dividingBy: tokens * tokens)
                return Float(head + rest / tokens * (rest % tokens) % 5) / 4
            }
            $0.constant("mask", mask, [heads, tokens, tokens])
            $0.node("Add", ["mask", "s"], "t")
            $0.node("Softmax", ["t"], "w", ["axis": .integer(3)])
            mix(&$0)
        },
        Case(testDescription: "tokens first", scale: 1) {
            $0.constant("bundle", integers: [tokens, heads, size])
            for name in ["q", "k", "v"] {
                $0.node("Reshape", [name, "bundle"], name + "r")
                $0.node("Transpose", [name + "r"], name + "h", ["perm": .integers([1, 0, 2])])
            }
            $0.node("Transpose", ["kh"], "kt", ["perm": .integers([0, 2, 1])])
            $0.node("MatMul", ["qh", "kt"], "s")
            $0.node("Softmax", ["s"], "w", ["axis": .integer(-1)])
            $0.node("MatMul", ["w", "vh"], "m")
            $0.node("Transpose", ["m"], "o", ["perm": .integers([1, 0, 2])])
            $0.node("Reshape", ["o", "flat"], "y")
        },
        Case(testDescription: "one node over heads", opset: 23) {
            split(&$0)
            $0.node("Attention", ["qh", "kh", "vh"], "m")
            join(&$0)
        },
        Case(testDescription: "one node over rows that sees what is before a token", mask: causal, opset: 23) {
            $0.node(
                "Attention",
                ["q", "k", "v"],
                "y",
                ["q_num_heads": .integer(heads), "kv_num_heads": .integer(heads), "is_causal": .integer(1)]
            )
        },
        Case(testDescription: "one node with a mask and a scale", scale: 0.3, mask: causal, opset: 23) {
            split(&$0)
            let mask = (0..<tokens * tokens).map { Float(causal(0, $0 / tokens, $0 % tokens)) }
            $0.constant("mask", mask, [tokens, tokens])
            $0.node("Attention", ["qh", "kh", "vh", "mask"], "m", ["scale": .float(0.3)])
            join(&$0)
        },
    ]

    private static let causal: @Sendable (Int, Int, Int) -> Double = { _, query, key in key > query ? -.infinity : 0 }

    /// [1, tokens, heads * size] to [1, heads, tokens, size].
    private static func split(_ writer: inout GraphWriter) {
        writer.constant("bundle", integers: [1, tokens, heads, size])
        for name in ["q", "k", "v"] {
            writer.node("Reshape", [name, "bundle"], name + "r")
            writer.node("Transpose", [name + "r"], name + "h", ["perm": .integers([0, 2, 1, 3])])
        }
    }

    private static func product(_ writer: inout GraphWriter) {
        writer.node("Transpose", ["kh"], "kt", ["perm": .integers([0, 1, 3, 2])])
        writer.node("MatMul", ["qh", "kt"], "s")
    }

    private static func mix(_ writer: inout GraphWriter) {
        writer.node("MatMul", ["w", "vh"], "m")
        join(&writer)
    }

    private static func join(_ writer: inout GraphWriter) {
        writer.node("Transpose", ["m"], "o", ["perm": .integers([0, 2, 1, 3])])
        writer.node("Reshape", ["o", "flat"], "y")
    }

    /// Queries, keys and values by one product whose outputs are taken apart, then the case.
    private static func model(_ test: Case, _ weights: [Float]) throws -> ONNXModel {
        var writer = GraphWriter()
        writer.opset = test.opset
        writer.input("x", [1, tokens, width])
        writer.constant("weights", weights, [width, 3 * width])
        writer.constant("apart", integers: [1, tokens, 3, width])
        writer.constant("flat", integers: [1, tokens, width])
        writer.node("MatMul", ["x", "weights"], "qkv")
        writer.node("Reshape", ["qkv", "apart"], "three")
        for (index, name) in ["q", "k", "v"].enumerated() {
            writer.constant("index-" + name, integers: [index])
            writer.node("Gather", ["three", "index-" + name], name + "1", ["axis": .integer(2)])
            writer.node("Reshape", [name + "1", "flat"], name)
        }
        test.write(&writer)
        writer.output("y")
        return try writer.model()
    }

    @Test(arguments: cases)
    func `attention that is written out is one layer`(_ test: Case) throws {
        var random = SeededGenerator(seed: 11)
        let weights = (0..<Self.width * 3 * Self.width).map { _ in Float.random(in: -0.5...0.5, using: &random) }
        let rows = (0..<Self.tokens * Self.width).map { _ in Float.random(in: -1...1, using: &random) }
        let lowered = try LoweredNetwork(try Self.model(test, weights), inputShapes: [:], cutAt: "y", as: .vector)
        let plan = try lowered.plan(ExecutionSettings())
        #expect(plan.stepAlgorithms.filter { $0 != "layout" } == ["direct", "attention"])
        let result = plan.run(rows.span, count: 1, workspace: Workspace(for: plan))
        let expected = Self.reference(test, rows.map(Double.init), weights.map(Double.init))
        #expect(result.count == expected.count)
        for (value, reference) in zip(result, expected) {
            #expect(abs(Double(value) - reference) < 1e-5 * max(1, abs(reference)))
        }
    }

    private static func reference(_ test: Case, _ rows: [Double], _ weights: [Double]) -> [Double] {
        func projected(_ token: Int, _ channel: Int) -> Double {
            (0..<width).reduce(0) { $0 + rows[token * width + $1] * weights[$1 * 3 * width + channel] }
        }
        let qkv = (0..<tokens).map { token in (0..<3 * width).map { projected(token, $0) } }
        return (0..<tokens).flatMap { token in
            (0..<width).map { channel in
                let head = channel / size
                let scores = (0..<tokens).map { key in
                    test.mask(head, token, key)
                        + test.scale
                        * (0..<size).reduce(0) {
                            $0 + qkv[token][head * size + $1] * qkv[key][width + head * size + $1]
                        }
                }
                let peak = scores.max() ?? 0
                let sum = scores.reduce(0) { $0 + exp($1 - peak) }
                return (0..<tokens).reduce(0) { $0 + exp(scores[$1] - peak) * qkv[$1][2 * width + channel] } / sum
            }
        }
    }
}
