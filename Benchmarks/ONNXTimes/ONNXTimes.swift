import Foundation
import RecNetwork
import RecONNX

/// Times the network of an ONNX file up to its first output.
///
/// For each line of standard input there is one run, for which a line with the milliseconds for a picture is printed.
/// `measure_onnx.py` drives it in turn with ONNX Runtime.
@main
struct ONNXTimes {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let batch = Int(arguments[2]), let threads = Int(arguments[3]) else {
            FileHandle.standardError.write(Data("usage: onnx-times MODEL BATCH THREADS\n".utf8))
            exit(64)
        }
        let start = ContinuousClock.now
        let model = try ONNXModel(path: arguments[1])
        var shapes: [String: [Int]] = [:]
        for input in model.graph.inputs {
            shapes[input.name] = zip(input.dimensions ?? [], [1, 3, 224, 224]).map { dimension, size in
                if case .fixed(let fixed) = dimension { fixed } else { size }
            }
        }
        let outputs = model.graph.outputs.prefix(1).map(\.name)
        let graph = try FoldedGraph(model, inputShapes: shapes, outputs: outputs)
        let lowered = try LoweredNetwork(graph, as: .vector)
        let plan = try lowered.plan(ExecutionSettings(batch: batch, threads: threads))
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

    private static func milliseconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15
    }
}
