import RecCompute
import RecCore
import RecNetwork
import RecTesting
import Testing

/// Convolutions in bfloat16, against their definition with rounded numbers.
@Suite struct BFloat16Tests {
    private static let runs =
        (try? QuantizedNetworkTests.plan(ExecutionSettings(arithmetic: .bfloat16))) != nil

    /// A float with the eight leading bits of its significand, half to even.
    static func rounded(_ value: Float) -> Float {
        let bits = value.bitPattern
        return Float(bitPattern: (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF_0000)
    }

    static func plan(_ test: QuantizedConvolutionTests.Case, batch: Int = 1, threads: Int = 1) throws -> Plan {
        let (network, parameters) = QuantizedConvolutionTests.network(test)
        return try Plan(
            network,
            layer: .pooled,
            height: test.size.height,
            width: test.size.width,
            parameters: parameters,
            settings: ExecutionSettings(batch: batch, threads: threads, arithmetic: .bfloat16)
        )
    }

    @Test(.enabled(if: runs, "this processor has no bfloat16"), arguments: QuantizedConvolutionTests.cases)
    func `sums are those of the rounded numbers`(_ test: QuantizedConvolutionTests.Case) throws {
        var random = SeededGenerator(seed: 61)
        let pixels = random.floats(test.inputs * test.size.height * test.size.width)
        let plan = try Self.plan(test)
        guard plan.stepAlgorithms.last == "bfloat16", !test.addsShortcut else { return }
        var (network, parameters) = QuantizedConvolutionTests.network(test)
        let weights = try #require(parameters.values["layer"]?[.weight])
        parameters.values["layer"]?[.weight] = weights.map { Self.rounded($0) }
        let expected = try ReferenceNetwork.run(
            network,
            pixels.map { Self.rounded($0) },
            height: test.size.height,
            width: test.size.width,
            parameters
        )
        network = Network()
        #expect(relativeError(plan.run(pixels), expected) < 5e-6)
    }

    @Test(.enabled(if: runs, "this processor has no bfloat16"), arguments: QuantizedConvolutionTests.cases)
    func `batches and threads do not change a bit`(_ test: QuantizedConvolutionTests.Case) throws {
        var random = SeededGenerator(seed: 62)
        let images = (0..<5).map { _ in random.floats(test.inputs * test.size.height * test.size.width) }
        let plan = try Self.plan(test, batch: 5)
        let expected = plan.run(images)
        #expect(try Self.plan(test, batch: 5, threads: 3).run(images) == expected)
        #expect(images.flatMap { plan.run($0) } == expected)
    }

    @Test(.enabled(if: runs, "this processor has no bfloat16"))
    func `features are near those of floats`() throws {
        let image = QuantizedNetworkTests.images(1)[0]
        let exact = try QuantizedNetworkTests.plan(ExecutionSettings(arithmetic: .exact)).run(image)
        let plan = try QuantizedNetworkTests.plan(ExecutionSettings(arithmetic: .bfloat16))
        #expect(plan.stepAlgorithms.contains("bfloat16"))
        #expect(relativeError(plan.run(image), exact.map { Double($0) }) < 0.03)
    }

    @Test func `a level without bfloat16 refuses it`() throws {
        let error = #expect(throws: RecError.self) {
            try QuantizedNetworkTests.plan(ExecutionSettings(arithmetic: .bfloat16, level: .scalar))
        }
        #expect(error?.code == .invalidSetting)
    }
}
