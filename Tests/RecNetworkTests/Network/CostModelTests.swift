import Foundation
import RecNetwork
import Testing

/// The choice of algorithms against times that were measured on one machine and committed.
///
/// `Scripts/measure_convolutions.sh` measures anew; no test here looks at a clock unless that script asks for it.
@Suite(.serialized) struct CostModelTests {
    /// One measured computation of a 3x3 convolution with padding 1.
    struct Measurement: Codable {
        let inputs: Int
        let outputs: Int
        /// Rows and columns of the input.
        let side: Int
        let stride: Int
        let images: Int
        let algorithm: String
        let microseconds: Double

        var convolution: Convolution {
            let window = SlidingWindow(3, stride: stride, padding: .all(1))
            return Convolution(inputs: inputs, outputs: outputs, window: window)
        }

        var layer: String { "\(inputs)->\(outputs), \(side)x\(side), stride \(stride), \(images) images" }
    }

    /// What was measured, and on what.
    struct Table: Codable {
        let machine: String
        let measurements: [Measurement]
    }

    static let file = "ConvolutionTimes"

    static func table() throws -> [String: [Measurement]] {
        let url = try #require(
            Bundle.module.url(forResource: file, withExtension: "json", subdirectory: "Fixtures/Execution")
        )
        let table = try JSONDecoder().decode(Table.self, from: Data(contentsOf: url))
        return Dictionary(grouping: table.measurements, by: \.layer)
    }

    /// The processor as Linux names it.
    static func machine() throws -> String {
        let lines = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8).split(separator: "\n")
        func value(_ key: String) -> String {
            let line = lines.first { $0.hasPrefix(key + "\t") }
            return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
        }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return "\(value("model name")) (family \(value("cpu family")), model \(value("model"))), \(cores) cores"
    }

    @Test func `the algorithm chosen for a layer is never far slower than the best`() throws {
        let table = try Self.table()
        #expect(table.count >= 30)
        for (layer, measurements) in table {
            let allowed = measurements.filter { measurement in
                guard let algorithm = ConvolutionAlgorithm(rawValue: measurement.algorithm) else { return false }
                return algorithm == .direct
                    || ConvolutionCost.weightBytes(algorithm, measurement.convolution)
                        <= ConvolutionCost.largestWeightBytes
            }
            let first = try #require(allowed.first)
            let outputs = (first.side - 1) / first.stride + 1
            let choice = try #require(
                ConvolutionCost.fastest(
                    of: ConvolutionAlgorithm.blocked,
                    first.convolution,
                    outputHeight: outputs,
                    outputWidth: outputs,
                    images: first.images
                )
            )
            let chosen = try #require(allowed.first { $0.algorithm == choice.rawValue }, "\(layer): \(choice)")
            let best = try #require(allowed.min { $0.microseconds < $1.microseconds })
            #expect(
                chosen.microseconds <= 1.25 * best.microseconds,
                "\(layer): \(choice) takes \(chosen.microseconds) us, \(best.algorithm) \(best.microseconds)"
            )
        }
    }

    @Test func `the estimated cost follows the measured time`() throws {
        // The ratio of time to estimate is the same for all layers, up to a factor: else the model leaves out
        // something.
        let ratios = try Self.table().values.joined().compactMap { measurement -> Double? in
            guard let algorithm = ConvolutionAlgorithm(rawValue: measurement.algorithm) else { return nil }
            let outputs = (measurement.side - 1) / measurement.stride + 1
            let estimate = ConvolutionCost.estimate(
                algorithm,
                measurement.convolution,
                outputHeight: outputs,
                outputWidth: outputs,
                images: measurement.images
            )
            return measurement.microseconds / estimate
        }.sorted()
        let middle = ratios[ratios.count / 2]
        let apart = ratios.filter { $0 < middle / 1.5 || $0 > middle * 1.5 }
        #expect(apart.count * 10 <= ratios.count, "\(apart.count) of \(ratios.count) are off by half")
    }

    /// 3x3 layers of ResNet50 and VGG16 at 224x224: inputs, outputs, side of the input, stride.
    static let layers = [
        (64, 64, 56, 1), (128, 128, 56, 2), (128, 128, 28, 1), (256, 256, 28, 2), (256, 256, 14, 1), (512, 512, 14, 2),
        (512, 512, 7, 1), (64, 64, 224, 1), (64, 128, 112, 1), (128, 128, 112, 1), (128, 256, 56, 1), (256, 256, 56, 1),
        (256, 512, 28, 1), (512, 512, 28, 1), (512, 512, 14, 1),
    ]

    @Test(.enabled(if: ProcessInfo.processInfo.environment["REC_MEASURE_CONVOLUTIONS"] != nil))
    func `measure`() throws {
        let path = try #require(ProcessInfo.processInfo.environment["REC_MEASURE_CONVOLUTIONS"])
        var measurements: [Measurement] = []
        for (inputs, outputs, side, stride) in Self.layers {
            for images in [1, 8] {
                measurements += try Self.measure(inputs, outputs, side: side, stride: stride, images: images)
            }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let table = Table(machine: try Self.machine(), measurements: measurements)
        try encoder.encode(table).write(to: URL(fileURLWithPath: path))
        #expect(measurements.count > 100)
    }

    /// The least of several times of each algorithm, in turns, with weights and maps out of the caches before each.
    static func measure(
        _ inputs: Int,
        _ outputs: Int,
        side: Int,
        stride: Int,
        images: Int
    ) throws -> [Measurement] {
        let window = SlidingWindow(3, stride: stride, padding: .all(1))
        let convolution = Convolution(inputs: inputs, outputs: outputs, window: window)
        var network = Network(channels: inputs)
        // A convolution of the image itself has no choice.
        let image = network.maxPooling(network.input, SlidingWindow(1))
        network.tap(.pooled, at: network.convolution("layer", image, convolution))
        var random = SeededGenerator(seed: 1)
        let source = FixedParameters(["layer": [.weight: random.floats(inputs * outputs * 9)]])
        let pixels = random.floats(inputs * side * side * images)
        var flush = [Float](repeating: 1, count: 24 << 20)
        let algorithms = ConvolutionAlgorithm.blocked.filter { $0.supports(convolution) }
        var times = [Double](repeating: .infinity, count: algorithms.count)
        let plans = try algorithms.map { algorithm in
            try Plan(
                network,
                layer: .pooled,
                height: side,
                width: side,
                parameters: source,
                settings: ExecutionSettings(batch: images),
                preferring: algorithm
            )
        }
        let workspaces = plans.map { Workspace(for: $0) }
        for _ in 0..<5 {
            for index in algorithms.indices {
                for place in Swift.stride(from: 0, to: flush.count, by: 16) { flush[place] += 1 }
                let durations = plans[index].stepDurations(pixels.span, count: images, workspace: workspaces[index])
                let last = try #require(durations.last)
                times[index] = min(times[index], Double(last.components.attoseconds) * 1e-12)
            }
        }
        return zip(algorithms, times).map { algorithm, time in
            Measurement(
                inputs: inputs,
                outputs: outputs,
                side: side,
                stride: stride,
                images: images,
                algorithm: algorithm.rawValue,
                microseconds: (time * 10).rounded() / 10
            )
        }
    }
}
