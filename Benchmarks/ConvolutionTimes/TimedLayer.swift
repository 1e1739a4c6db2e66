import RecMath
import RecNetwork

/// A 3x3 convolution with padding 1 whose algorithms are timed beside each other.
struct TimedLayer {
    let inputs: Int
    let outputs: Int
    /// Rows and columns of the input.
    let side: Int
    let stride: Int
    let images: Int

    private static let rounds = 5

    /// The least of several times of each algorithm, in turns, with weights and maps out of the caches before each.
    func measure() throws -> [Measurement] {
        let convolution = Convolution(
            inputs: inputs,
            outputs: outputs,
            window: SlidingWindow(3, stride: stride, padding: .all(1))
        )
        var network = Network(channels: inputs)
        // A convolution of the image itself has no choice.
        let image = network.maxPooling(network.input, SlidingWindow(1))
        network.tap(.pooled, at: network.convolution("layer", image, convolution))
        let algorithms = ConvolutionAlgorithm.allCases.filter { $0.supports(convolution) }
        let parameters = RandomParameters(count: inputs * outputs * 9)
        let plans = try algorithms.map { algorithm in
            try Plan(
                network,
                layer: .pooled,
                height: side,
                width: side,
                parameters: parameters,
                settings: ExecutionSettings(batch: images),
                preferring: algorithm
            )
        }
        return zip(algorithms, leastTimes(of: plans)).map { algorithm, time in
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

    /// The microseconds of the last step of each plan.
    private func leastTimes(of plans: [Plan]) -> [Double] {
        var random = SplitMix64(seed: 2)
        let pixels = (0..<inputs * side * side * images).map { _ in random.centered() }
        var flush = [Float](repeating: 1, count: 24 << 20)
        let workspaces = plans.map { Workspace(for: $0) }
        var times = [Double](repeating: .infinity, count: plans.count)
        for _ in 0..<Self.rounds {
            for index in plans.indices {
                for place in Swift.stride(from: 0, to: flush.count, by: 16) { flush[place] += 1 }
                let durations = plans[index].stepDurations(pixels.span, count: images, workspace: workspaces[index])
                guard let last = durations.last else { continue }
                times[index] = min(times[index], last / .microseconds(1))
            }
        }
        return times
    }
}
