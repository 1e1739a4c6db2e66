import RecCompute
import RecNetwork
import RecTesting
import Testing

/// The layers of tensors, each in a small network, against their definitions.
@Suite struct TensorLayerTests {
    /// A network whose features pass through one layer of the kind that it is named after.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let build: @Sendable (inout Network, Network.Value) -> Network.Value

        init(_ name: String, _ build: @escaping @Sendable (inout Network, Network.Value) -> Network.Value) {
            testDescription = name
            self.build = build
        }
    }

    static let map = FeatureMapShape(channels: 11, height: 5, width: 6)

    static let cases = [
        Case("multiply") { $0.multiply($1, $0.activation($1, .sigmoid)) },
        Case("gate") { $0.gate($1, by: $0.activation($0.globalAveragePooling($1), .tanh)) },
        Case("gate with an activation") { $0.activation($0.gate($1, by: $0.globalAveragePooling($1)), .hardSwish) },
        Case("affine") { $0.affine($1, factor: -1.5, summand: 0.25) },
        Case("concatenation of odd widths") { $0.concatenation([$1, $0.activation($1, .relu), $1]) },
        Case("mean of windows") {
            $0.averagePooling($1, AveragePooling(SlidingWindow(3, stride: 2, padding: .all(1))))
        },
        Case("mean of windows with padding") {
            $0.averagePooling(
                $1,
                AveragePooling(
                    SlidingWindow(3, stride: 2, padding: .explicit(top: 1, left: 0, bottom: 2, right: 2)),
                    countsPadding: true,
                    countedEnd: (1, 2)
                )
            )
        },
        Case("layer normalisation") {
            $0.layerNormalization("norm", $1, LayerNormalization(channels: map.channels, epsilon: 1e-3))
        },
        Case("planes and back") {
            $0.rearrangement(
                $0.rearrangement($1, .mapToPlanes),
                .planesToMap(FeatureMapShape(channels: 3, height: 11, width: 10))
            )
        },
        Case("rows and back") {
            $0.rearrangement(
                $0.rearrangement($1, .mapToRows),
                .rowsToMap(FeatureMapShape(channels: 15, height: 2, width: 11))
            )
        },
        Case("reshape") { $0.activation($0.reshape($1, FeatureMapShape(channels: 11, height: 3, width: 10)), .gelu) },
        Case("softmax") { $0.softmax($0.rearrangement($1, .mapToPlanes), width: 30) },
        Case("softmax of wide rows") { $0.softmax($0.rearrangement($1, .mapToRows), width: 66) },
        Case("product") { network, value in
            let vector = network.rearrangement(value, .mapToPlanes)
            return network.matrixProduct(vector, vector, MatrixProduct(batch: 11, rows: 5, depth: 6, columns: 5))
        },
        Case("product of a transposed matrix") { network, value in
            let vector = network.rearrangement(value, .mapToRows)
            let product = MatrixProduct(batch: 3, rows: 10, depth: 11, columns: 10, isTransposed: true)
            return network.matrixProduct(vector, vector, product)
        },
        Case("product of whole blocks") { network, value in
            let wide = network.concatenation([Network.Value](repeating: value, count: 8))
            let vector = network.rearrangement(wide, .mapToRows)
            return network.matrixProduct(vector, vector, MatrixProduct(batch: 10, rows: 11, depth: 24, columns: 11))
        },
        Case("attention of one map") { network, value in
            let wide = network.concatenation([Network.Value](repeating: value, count: 8))
            func heads(_ first: Int) -> Attention.Heads { Attention.Heads(first: first, stride: 8, count: 8) }
            let layer = Attention(heads: 3, queries: heads(0), keys: heads(24), values: heads(48), scale: 0.5)
            return network.attention(wide, wide, wide, layer)
        },
        Case("attention of other tokens, with a mask for each head") { network, value in
            let wide = network.concatenation([Network.Value](repeating: value, count: 5))
            let few = network.maxPooling(wide, SlidingWindow(2))
            let mask: [Float] = (0..<1200).map { (place: Int) -> Float in
                place % 7 == 3 ? -.infinity : Float(place % 5) / 4
            }
            let layer = Attention(
                heads: 2,
                queries: Attention.Heads(first: 8, stride: 16, count: 16),
                keys: Attention.Heads(first: 0, stride: 16, count: 16),
                values: Attention.Heads(first: 16, stride: 0, count: 24),
                scale: 0.25,
                mask: mask
            )
            return network.attention(wide, few, few, layer)
        },
        Case("attention with a mask for all heads") { network, value in
            let wide = network.concatenation([Network.Value](repeating: value, count: 3))
            let heads = Attention.Heads(first: 0, stride: 8, count: 16)
            let mask = (0..<900).map { Float($0 % 11) / 4 }
            let layer = Attention(heads: 2, queries: heads, keys: heads, values: heads, scale: 0.125, mask: mask)
            return network.attention(wide, wide, wide, layer)
        },
        Case("tanh GELU") { $0.activation($1, .tanhGELU) },
        Case("quick GELU") { $0.activation($1, .quickGELU) },
    ]

    private static func network(_ test: Case) -> Network {
        var network = Network(channels: map.channels)
        let value = network.maxPooling(network.input, SlidingWindow(1))
        network.tap(.pooled, at: test.build(&network, value))
        return network
    }

    private static func parameters(_ network: Network) -> FixedParameters {
        var random = SeededGenerator(seed: 7)
        var values: [Parameter.Role: [Float]] = [:]
        for parameter in network.parameters { values[parameter.role] = random.floats(parameter.count) }
        return FixedParameters(["norm": values])
    }

    @Test(arguments: cases, ProcessorLevel.available)
    func `layers of tensors agree with their definition`(_ test: Case, _ level: ProcessorLevel) throws {
        let network = Self.network(test)
        let parameters = Self.parameters(network)
        var random = SeededGenerator(seed: 3)
        let pixels = random.floats(Self.map.count).map { 3 * $0 }
        let plan = try Plan(
            network,
            layer: .pooled,
            height: Self.map.height,
            width: Self.map.width,
            parameters: parameters,
            settings: ExecutionSettings(level: level)
        )
        let expected = try ReferenceNetwork.run(
            network,
            pixels,
            height: Self.map.height,
            width: Self.map.width,
            parameters
        )
        let result = plan.run(pixels)
        #expect(result.count == expected.count)
        for (value, reference) in zip(result, expected) {
            #expect(abs(Double(value) - reference) <= 2e-5 * max(1, abs(reference)))
        }
    }

    @Test(arguments: cases)
    func `layers of tensors give the same bits in any batch and on any thread`(_ test: Case) throws {
        let network = Self.network(test)
        var random = SeededGenerator(seed: 4)
        let images = (0..<3).map { _ in random.floats(Self.map.count) }
        func run(batch: Int, threads: Int) throws -> [Float] {
            let plan = try Plan(
                network,
                layer: .pooled,
                height: Self.map.height,
                width: Self.map.width,
                parameters: Self.parameters(network),
                settings: ExecutionSettings(batch: batch, threads: threads)
            )
            return plan.run(images)
        }
        let alone = try run(batch: 1, threads: 1)
        #expect(try run(batch: 3, threads: 1) == alone)
        #expect(try run(batch: 2, threads: 2) == alone)
    }

    @Test func `an operation from outside gets the values of its inputs in order`() throws {
        var network = Network(channels: 3)
        let map = network.maxPooling(network.input, SlidingWindow(1))
        let vector = network.rearrangement(map, .mapToRows)
        let mean = network.globalAveragePooling(map)
        network.tap(.pooled, at: network.general(Weighted(counts: [12, 3, 3]), [vector, mean, mean]))
        let plan = try Plan(network, layer: .pooled, height: 2, width: 2, parameters: FixedParameters([:]))
        let result = plan.run([1, 2, 3, 4, 10, 20, 30, 40, 0, 0, 0, 4])
        #expect(result == [1, 10, 0, 2, 20, 0, 3, 30, 0, 4, 40, 4, 2.5, 25, 1, 2.5, 25, 1])
    }

    @Test func `an operation whose output has another length gives values that are not numbers`() throws {
        var network = Network(channels: 2)
        let map = network.maxPooling(network.input, SlidingWindow(1))
        network.tap(.pooled, at: network.general(Weighted(counts: [2], outputCount: 3), [map]))
        let plan = try Plan(network, layer: .pooled, height: 1, width: 1, parameters: FixedParameters([:]))
        #expect(plan.run([1, 2]).filter(\.isNaN).count == 3)
    }
}

/// All inputs, one after the other.
private struct Weighted: GeneralOperation {
    let inputCounts: [Int]
    let outputCount: Int

    init(counts: [Int], outputCount: Int? = nil) {
        inputCounts = counts
        self.outputCount = outputCount ?? counts.reduce(0, +)
    }

    var name: String { "joined" }

    func evaluate(_ inputs: [[Float]]) -> [Float] { inputs.flatMap(\.self) }
}
