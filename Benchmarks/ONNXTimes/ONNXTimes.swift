import Foundation
import RecNetwork
import RecONNX

/// Times the network of an ONNX file up to its first output, or with `features` up to the last tensor before the
/// classifier, or one of the package's own networks.
///
/// A last argument `bfloat16` or `int8` chooses the arithmetic; ranges are those of the picture itself.
///
/// For each line of standard input there is one run, for which a line with the milliseconds for a picture is printed.
/// `measure_onnx.py` drives it in turn with other engines.
@main
struct ONNXTimes {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, let batch = Int(arguments[2]), let threads = Int(arguments[3]) else {
            FileHandle.standardError.write(
                Data("usage: onnx-times MODEL|NAME BATCH THREADS [features] [bfloat16|int8]\n".utf8)
            )
            exit(64)
        }
        let start = ContinuousClock.now
        let arithmetic = arguments.last.flatMap { ExecutionSettings.Arithmetic(rawValue: $0) } ?? .fastest
        let open = try opener(arguments[1], untilClassifier: arguments.contains("features"))
        var ranges: ActivationRanges?
        if arithmetic == .int8 {
            let plan = try open(ExecutionSettings(batch: 1, arithmetic: .exact), nil)
            var calibration = RangeCalibration(plan)
            calibration.add(picture(of: plan).span, count: 1, workspace: Workspace(for: plan))
            ranges = calibration.ranges
        }
        let plan = try open(ExecutionSettings(batch: batch, threads: threads, arithmetic: arithmetic), ranges)
        let workspace = Workspace(for: plan)
        print("opened in \(milliseconds(start.duration(to: .now))) ms")
        fflush(nil)
        let pixels = (0..<batch).flatMap { _ in picture(of: plan) }
        while let line = readLine() {
            if line == "steps" {
                let durations = plan.stepDurations(pixels.span, count: batch, workspace: workspace)
                for (index, duration) in durations.enumerated() {
                    print(plan.stepNames[index], plan.stepAlgorithms[index], milliseconds(duration) / Double(batch))
                }
                print("end")
            } else {
                let start = ContinuousClock.now
                _ = plan.run(pixels.span, count: batch, workspace: workspace)
                print(milliseconds(start.duration(to: .now)) / Double(batch))
            }
            fflush(nil)
        }
    }

    private static func picture(of plan: Plan) -> [Float] {
        (0..<plan.input.count).map { Float($0 * 7919 % 251) / 125 - 1 }
    }

    /// Reads a network once, to be compiled more than once.
    private static func opener(
        _ name: String,
        untilClassifier: Bool
    ) throws -> (ExecutionSettings, ActivationRanges?) throws -> Plan {
        if let network = NativeNetwork(name) { return network.plan }
        return try lowered(name, untilClassifier: untilClassifier).plan
    }

    private static func lowered(_ path: String, untilClassifier: Bool) throws -> LoweredNetwork {
        let model = try ONNXModel(path: path)
        var shapes: [String: [Int]] = [:]
        for input in model.graph.inputs {
            shapes[input.name] = zip(input.dimensions ?? [], [1, 3, 224, 224]).map { dimension, size in
                if case .fixed(let fixed) = dimension { fixed } else { size }
            }
        }
        if untilClassifier { return try LoweredNetwork(model, inputShapes: shapes, as: .vector) }
        let outputs = model.graph.outputs.prefix(1).map(\.name)
        return try LoweredNetwork(try FoldedGraph(model, inputShapes: shapes, outputs: outputs), as: .vector)
    }

    private static func milliseconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15
    }
}
