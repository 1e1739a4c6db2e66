import RecNetwork

/// Parameters by layer and role; asks for nothing else.
struct FixedParameters: ParameterSource {
    var values: [String: [Parameter.Role: [Float]]]

    init(_ values: [String: [Parameter.Role: [Float]]]) {
        self.values = values
    }

    func values(of parameter: Parameter) throws -> [Float] {
        guard let values = values[parameter.layer]?[parameter.role] else {
            throw RecNetworkError(.missingTensor, "\(parameter.layer) \(parameter.role)")
        }
        return values
    }
}

/// SplitMix64, so that a seed gives the same numbers everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Values from -1 to 1.
    mutating func floats(_ count: Int) -> [Float] {
        (0..<count).map { _ in Float.random(in: -1...1, using: &self) }
    }

    /// One of some values; there must be one.
    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &self)]
    }
}

extension Network {
    /// A network of one layer over an image of that many planes, tapped at its end.
    static func single(_ layer: Layer, channels: Int) -> Network {
        var network = Network(channels: channels)
        network.tap(.pooled, at: network.append("layer", layer, [network.input]))
        return network
    }
}

extension Plan {
    /// Runs one image with a workspace of its own.
    func run(_ pixels: [Float]) -> [Float] {
        run(pixels.span, count: 1, workspace: Workspace(for: self))
    }

    /// Runs several images together.
    func run(_ images: [[Float]], _ workspace: Workspace? = nil) -> [Float] {
        let pixels = images.flatMap(\.self)
        return run(pixels.span, count: images.count, workspace: workspace ?? Workspace(for: self))
    }
}
