import RecCore
import RecNetwork
import RecTesting
import Testing

@Suite struct ExecutionSettingsTests {
    static func plan(_ settings: ExecutionSettings, height: Int = 4) throws -> Plan {
        try Plan(
            .single(.maxPooling(SlidingWindow(1)), channels: 2),
            layer: .pooled,
            height: height,
            width: 4,
            parameters: FixedParameters([:]),
            settings: settings
        )
    }

    @Test(arguments: [(0, 1), (-1, 1), (1025, 1), (Int.max, 1), (1, 0), (1, -3), (1, 257), (Int.max, Int.max)])
    func `a batch or a number of threads out of range is refused`(_ batch: Int, _ threads: Int) {
        let error = #expect(throws: RecError.self) {
            try Self.plan(ExecutionSettings(batch: batch, threads: threads))
        }
        #expect(error?.code == .invalidSetting)
        #expect(error?.message.contains("\(batch) images and \(threads) threads") == true)
    }

    /// A 3x3 convolution for which Winograd's algorithm is fastest, behind a layer that makes it read a map.
    static func deepPlan(_ settings: ExecutionSettings) throws -> Plan {
        var network = Network(channels: 64)
        let map = network.maxPooling(network.input, SlidingWindow(1))
        let convolution = Convolution(inputs: 64, outputs: 64, window: SlidingWindow(3, padding: .all(1)))
        network.tap(.pooled, at: network.convolution("layer", map, convolution))
        return try Plan(network, layer: .pooled, height: 28, width: 28, parameters: Zeros(), settings: settings)
    }

    @Test func `exact arithmetic keeps to direct convolution`() throws {
        #expect(try Self.deepPlan(ExecutionSettings()).stepAlgorithms.last?.hasPrefix("winograd") == true)
        #expect(try Self.deepPlan(ExecutionSettings(arithmetic: .exact)).stepAlgorithms.last == "direct")
    }

    @Test func `a workspace of a smaller plan is refused`() async {
        await #expect(processExitsWith: .failure) {
            let small = try Self.plan(ExecutionSettings(batch: 1))
            let large = try Self.plan(ExecutionSettings(batch: 1), height: 64)
            _ = large.run([Float](repeating: 0, count: 512).span, count: 1, workspace: Workspace(for: small))
        }
    }
}
