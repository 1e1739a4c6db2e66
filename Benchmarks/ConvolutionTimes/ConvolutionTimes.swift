import Foundation
import RecNetwork

/// Times every algorithm on the 3x3 layers of ResNet50 and VGG16, one thread, and writes the table that the cost model is
/// tested against.
@main
struct ConvolutionTimes {
    /// 3x3 layers at 224x224: inputs, outputs, side of the input, stride.
    private static let layers = [
        (64, 64, 56, 1), (128, 128, 56, 2), (128, 128, 28, 1), (256, 256, 28, 2), (256, 256, 14, 1), (512, 512, 14, 2),
        (512, 512, 7, 1), (64, 64, 224, 1), (64, 128, 112, 1), (128, 128, 112, 1), (128, 256, 56, 1), (256, 256, 56, 1),
        (256, 512, 28, 1), (512, 512, 28, 1), (512, 512, 14, 1),
    ]

    private struct Table: Encodable {
        let machine: String
        let measurements: [Measurement]
    }

    static func main() throws {
        guard CommandLine.arguments.count == 2 else {
            FileHandle.standardError.write(Data("usage: convolution-times FILE.json\n".utf8))
            exit(64)
        }
        var measurements: [Measurement] = []
        for (inputs, outputs, side, stride) in layers {
            for images in [1, 8] {
                let layer = TimedLayer(inputs: inputs, outputs: outputs, side: side, stride: stride, images: images)
                measurements += try layer.measure()
            }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let table = Table(machine: try machine(), measurements: measurements)
        try encoder.encode(table).write(to: URL(fileURLWithPath: CommandLine.arguments[1]), options: .atomic)
    }

    /// The processor as Linux names it.
    private static func machine() throws -> String {
        let lines = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8).split(separator: "\n")
        func value(_ key: String) -> String {
            let line = lines.first { $0.hasPrefix(key + "\t") }
            return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
        }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return "\(value("model name")) (family \(value("cpu family")), model \(value("model"))), \(cores) cores"
    }
}
