import RecCore
import RecNetwork
import RecTesting

/// Parameters by layer and role; asks for nothing else.
struct FixedParameters: ParameterSource {
    var values: [String: [Parameter.Role: [Float]]]

    init(_ values: [String: [Parameter.Role: [Float]]]) {
        self.values = values
    }

    func values(of parameter: Parameter) throws -> [Float] {
        guard let values = values[parameter.layer]?[parameter.role] else {
            throw RecError(.missingTensor, "\(parameter.layer) \(parameter.role)")
        }
        return values
    }
}

extension SeededGenerator {
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
