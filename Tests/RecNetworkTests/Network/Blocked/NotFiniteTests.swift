import RecCompute
import RecNetwork
import Testing

@Suite struct NotFiniteTests {
    /// A map of 9 planes behind a layer that only blocks of planes know, so that there is an unused lane.
    static func plan(_ level: ProcessorLevel, _ build: (inout Network, Network.Value) -> Network.Value) throws -> Plan {
        var network = Network(channels: 9)
        let map = network.maxPooling(network.input, SlidingWindow(1))
        network.tap(.pooled, at: build(&network, map))
        return try Plan(
            network,
            layer: .pooled,
            height: 3,
            width: 3,
            parameters: FixedParameters([:]),
            settings: ExecutionSettings(level: level)
        )
    }

    @Test(arguments: ProcessorLevel.available, 0..<9)
    func `NaN wins a maximum wherever it is under the window`(_ level: ProcessorLevel, _ position: Int) throws {
        let plan = try Self.plan(level) { $0.maxPooling($1, SlidingWindow(3)) }
        var pixels = [Float](repeating: .infinity, count: 81)
        pixels[8 * 9 + position] = .nan
        let found = plan.run(pixels)
        #expect(found[..<8] == [Float](repeating: .infinity, count: 8)[...])
        #expect(found[8].isNaN)
    }

    @Test(arguments: ProcessorLevel.available, [Activation.relu, .relu6])
    func `NaN stays NaN under an activation`(_ level: ProcessorLevel, _ activation: Activation) throws {
        let plan = try Self.plan(level) { $0.activation($1, activation) }
        var pixels = [Float](repeating: -1, count: 81)
        pixels[40] = .nan
        pixels[41] = .infinity
        let found = plan.run(pixels)
        #expect(found[40].isNaN)
        #expect(found[41] == (activation == .relu ? .infinity : 6))
        #expect(found.filter { $0 == 0 }.count == 79)
    }

    @Test(arguments: ProcessorLevel.available)
    func `a sum and a mean keep NaN in its plane`(_ level: ProcessorLevel) throws {
        let plan = try Self.plan(level) { $0.globalAveragePooling($0.add($1, $1)) }
        var pixels = [Float](repeating: 0.5, count: 81)
        pixels[40] = .nan
        let found = plan.run(pixels)
        #expect(found.indices.filter { found[$0].isNaN } == [4])
        #expect(found[3] == 1)
    }
}
