import Foundation
import RecNetwork
import Testing

/// The choice of algorithms against times that were measured on one machine and committed.
///
/// `Benchmarks/measure_convolutions.sh` measures anew.
@Suite struct CostModelTests {
    /// One measured computation of a 3x3 convolution with padding 1.
    struct Measurement: Decodable {
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
    struct Table: Decodable {
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
                    of: ConvolutionAlgorithm.allCases,
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
}
