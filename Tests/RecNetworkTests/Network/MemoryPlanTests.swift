import RecNetwork
import RecTesting
import Testing

@Suite struct MemoryPlanTests {
    @Test(arguments: 1...30)
    func `values that are alive at the same time never overlap`(_ seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let buffers = (0..<40).map { step in
            MemoryPlan.Buffer(
                count: Int.random(in: 1...100, using: &random),
                firstStep: step,
                lastStep: step + Int.random(in: 0...8, using: &random)
            )
        }
        Self.check(MemoryPlan(buffers, alignment: 16))
    }

    @Test(arguments: [
        ResNet(block: .basic, blocks: [2, 2, 2, 2]).network(),
        ResNet(block: .bottleneck, blocks: [3, 4, 6, 3]).network(),
        VGG(convolutions: [2, 2, 3, 3, 3]).network(),
        VGG(convolutions: [2, 2, 4, 4, 4], hasBatchNormalization: true).network(),
        InvertedResiduals.efficientNetLite0.network(.tensorFlow),
    ])
    func `the plans of backbones keep live values apart`(_ network: Network) throws {
        Self.check(try Plan(network, layer: .pooled, height: 64, width: 48, parameters: Zeros()).memory)
    }

    @Test func `a chain of equal layers needs two buffers, whatever its length`() {
        let buffers = (0..<50).map { MemoryPlan.Buffer(count: 64, firstStep: $0, lastStep: $0 + 1) }
        #expect(MemoryPlan(buffers, alignment: 16).count == 128)
    }

    @Test func `ResNet50 needs three of its largest maps for one image`() throws {
        let network = ResNet(block: .bottleneck, blocks: [3, 4, 6, 3]).network()
        let plan = try Plan(
            network,
            layer: .pooled,
            height: 224,
            width: 224,
            parameters: Zeros(),
            settings: ExecutionSettings(batch: 1)
        )
        let largest = 256 * 56 * 56 * 4
        #expect(plan.activationBytesPerImage <= 3 * largest)
        #expect(plan.activationBytesPerImage >= 2 * largest)
    }

    static func check(_ plan: MemoryPlan) {
        for (index, buffer) in plan.buffers.enumerated() {
            #expect(plan.offsets[index] % 16 == 0)
            #expect(plan.range(index).upperBound <= plan.count)
            for other in 0..<index
            where plan.buffers[other].firstStep <= buffer.lastStep
                && buffer.firstStep <= plan.buffers[other].lastStep
            {
                #expect(!plan.range(index).overlaps(plan.range(other)), "values \(other) and \(index)")
            }
        }
    }
}

/// Zeros for every parameter.
struct Zeros: ParameterSource {
    func values(of parameter: Parameter) -> [Float] { [Float](repeating: 0, count: parameter.count) }
}
