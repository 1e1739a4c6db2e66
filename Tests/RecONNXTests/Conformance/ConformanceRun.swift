import Foundation
import RecCore
import RecNetwork
import RecONNX

/// Runs a case as it is and folded, and compares the outputs with the expected ones.
struct ConformanceRun {
    /// The tolerances of the standard's own runner.
    static let relative = 1e-3
    static let absolute = 1e-7

    /// The greatest error in units of the last place of what is expected, where it is above the absolute tolerance.
    private(set) var greatestULP = 0.0
    /// What is wrong; `nil` when all agree.
    private(set) var fault: String?

    /// A run that nothing is known of yet.
    init() {}

    /// Runs a case.
    init(_ test: ConformanceCase, folded: Bool) {
        do {
            for (inputs, expected) in try test.dataSets() {
                let found =
                    folded ? try runFolded(test.model, inputs) : try test.model.evaluate(inputs)
                compare(found, expected)
            }
        } catch {
            fault = "\(error)"
        }
    }

    /// Folds with as few constant inputs as will do: none, those that are integers, all but the first, all.
    private func runFolded(_ model: ONNXModel, _ inputs: [String: Tensor]) throws -> [Tensor] {
        let names = model.graph.inputs.map(\.name).filter { inputs[$0] != nil }
        let whole = names.dropFirst().filter { inputs[$0].map { $0.elementType == .int64 } ?? false }
        var failure: any Error = CancellationError()
        for bound in [[], whole, Array(names.dropFirst()), names] {
            do {
                let graph = try FoldedGraph(
                    model,
                    inputShapes: inputs.mapValues(\.shape),
                    constants: inputs.filter { bound.contains($0.key) }
                )
                return try graph.evaluate(inputs)
            } catch {
                failure = error
            }
        }
        throw failure
    }

    /// Notes what is wrong.
    mutating func fail(_ reason: String) { fault = reason }

    /// Compares outputs with the expected ones.
    mutating func compare(_ found: [Tensor], _ expected: [Tensor]) {
        guard found.count == expected.count else {
            fault = "\(found.count) outputs, not \(expected.count)"
            return
        }
        for (index, (one, other)) in zip(found, expected).enumerated() {
            guard one.type == other.type else {
                fault = "output \(index) is \(one.type), not \(other.type)"
                return
            }
            for (value, wanted) in zip(one.doubles, other.doubles) {
                if value == wanted || value.isNaN && wanted.isNaN { continue }
                let error = abs(value - wanted)
                guard error <= Self.absolute + Self.relative * abs(wanted) else {
                    fault = "output \(index) has \(value), not \(wanted)"
                    return
                }
                if error > Self.absolute { greatestULP = max(greatestULP, error / Double(Float(wanted).ulp)) }
            }
        }
    }
}
