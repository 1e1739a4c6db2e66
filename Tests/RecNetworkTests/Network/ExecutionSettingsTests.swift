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
        let error = #expect(throws: RecNetworkError.self) {
            try Self.plan(ExecutionSettings(batch: batch, threads: threads))
        }
        #expect(error?.code == .invalidSetting)
        #expect(error?.message.contains("\(batch) images and \(threads) threads") == true)
    }

    @Test(arguments: InstructionSet.allCases)
    func `a plan has the instructions that were asked for, or there is an error`(_ set: InstructionSet) throws {
        if set.isAvailable {
            #expect(try Self.plan(ExecutionSettings(instructionSet: set)).settings.instructionSet == set)
        } else {
            let error = #expect(throws: RecNetworkError.self) {
                try Self.plan(ExecutionSettings(instructionSet: set))
            }
            #expect(error?.code == .invalidSetting)
            #expect(error?.message.contains("'\(set)'") == true)
        }
    }

    @Test func `the best instructions are available, and so are the portable ones`() {
        #expect(InstructionSet.best.isAvailable)
        #expect(InstructionSet.portable.isAvailable)
    }

    /// A 3x3 convolution for which Winograd's algorithm is fastest, behind a layer that makes it read a map.
    static func deepPlan(_ settings: ExecutionSettings) throws -> Plan {
        var network = Network(channels: 64)
        let map = network.maxPooling(network.input, SlidingWindow(1))
        let convolution = Convolution(inputs: 64, outputs: 64, window: SlidingWindow(3, padding: .all(1)))
        network.tap(.pooled, at: network.convolution("layer", map, convolution))
        return try Plan(network, layer: .pooled, height: 28, width: 28, parameters: Zeros(), settings: settings)
    }

    @Test(.enabled(if: InstructionSet.best != .portable, "the portable path has no Winograd"))
    func `exact arithmetic keeps to direct convolution`() throws {
        #expect(try Self.deepPlan(ExecutionSettings()).stepAlgorithms.last?.hasPrefix("winograd") == true)
        #expect(try Self.deepPlan(ExecutionSettings(arithmetic: .exact)).stepAlgorithms.last == "direct")
    }

    @Test func `a grouped convolution makes a plan portable`() throws {
        var random = SeededGenerator(seed: 41)
        let item = ConvolutionTests.Case(inputs: 6, outputs: 4, groups: 2)
        let weights = random.floats(4 * 3 * 9)
        let parameters = FixedParameters(["layer": [.weight: weights, .bias: random.floats(4)]])
        let pixels = random.floats(6 * 7 * 9)
        let plan = try Plan(
            .single(.convolution(ConvolutionTests.convolution(item)), channels: 6),
            layer: .pooled,
            height: 7,
            width: 9,
            parameters: parameters
        )
        #expect(plan.settings == ExecutionSettings(instructionSet: .portable))
        #expect(plan.stepAlgorithms == ["gemm"])
        let expected = try ConvolutionTests.definition(item, pixels, parameters)
        #expect(relativeError(plan.run(pixels), expected.values) < 2e-6)
    }

    @Test func `a grouped convolution that features do not depend on changes nothing`() throws {
        var network = Network(channels: 4)
        let x = network.maxPooling(network.input, SlidingWindow(1))
        network.tap(.pooled, at: x)
        let grouped = Convolution(inputs: 4, outputs: 4, window: SlidingWindow(1), groups: 2)
        network.tap("later", at: network.convolution("grouped", x, grouped))
        let plan = try Plan(network, layer: .pooled, height: 2, width: 2, parameters: Zeros())
        #expect(plan.settings.instructionSet == .best)
        let later = try Plan(network, layer: "later", height: 2, width: 2, parameters: Zeros())
        #expect(later.settings.instructionSet == .portable)
    }

    @Test func `a workspace of a smaller plan is refused`() async {
        await #expect(processExitsWith: .failure) {
            let small = try Self.plan(ExecutionSettings(batch: 1))
            let large = try Self.plan(ExecutionSettings(batch: 1), height: 64)
            _ = large.run([Float](repeating: 0, count: 512).span, count: 1, workspace: Workspace(for: small))
        }
    }
}
