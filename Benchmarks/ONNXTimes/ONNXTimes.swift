import Foundation
import RecNetwork
import RecONNX

/// Times the network of an ONNX file up to its first output, or with `features` up to the last tensor before the
/// classifier, or one of the package's own networks.
///
/// For each line of standard input there is one run, for which a line with the milliseconds for a picture is printed.
/// `measure_onnx.py` drives it in turn with other engines.
@main
struct ONNXTimes {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, let batch = Int(arguments[2]), let threads = Int(arguments[3]) else {
            FileHandle.standardError.write(Data("usage: onnx-times MODEL|NAME BATCH THREADS [features]\n".utf8))
            exit(64)
        }
        let start = ContinuousClock.now
        let settings = ExecutionSettings(batch: batch, threads: threads)
        let plan =
            try NativeNetwork(arguments[1])?.plan(settings)
            ?? lowered(arguments[1], untilClassifier: arguments.count > 4).plan(settings)
        let workspace = Workspace(for: plan)
        print("opened in \(milliseconds(start.duration(to: .now))) ms")
        fflush(nil)
        let pixels = (0..<plan.input.count * batch).map { Float($0 * 7919 % 251) / 125 - 1 }
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
