import Foundation
import RecNetwork

/// A network computed layer by layer from definitions, in double precision from end to end.
enum ReferenceNetwork {
    typealias Map = DoubleReference.Map

    /// The tapped value of one image, CHW.
    static func run(
        _ network: Network,
        layer: FeatureLayer = .pooled,
        _ pixels: [Float],
        height: Int,
        width: Int,
        _ parameters: some ParameterSource
    ) throws -> [Double] {
        let tap = try network.value(at: layer).index
        var maps: [Map?] = [Map(network.channels, height, width, pixels)]
        for (node, isNeeded) in zip(network.nodes, network.needed(for: try network.value(at: layer))) {
            guard isNeeded else {
                maps.append(nil)
                continue
            }
            let inputs = node.inputs.compactMap { maps[$0.index] }
            maps.append(
                try output(node.layer, inputs) { role in
                    let parameter = node.layer.parameters(name: node.name).first { $0.role == role }
                    return try parameter.map { try parameters.values(of: $0).map { Double($0) } } ?? []
                }
            )
        }
        return maps[tap]?.values ?? []
    }

    private static func output(
        _ layer: Layer,
        _ inputs: [Map],
        _ values: (Parameter.Role) throws -> [Double]
    ) throws -> Map {
        var map = inputs[0]
        switch layer {
        case .convolution(let convolution):
            let window = convolution.window
            map = DoubleReference.convolve(
                padded(map, window, with: 0),
                try values(.weight),
                outputs: convolution.outputs,
                kernel: (window.height, window.width),
                stride: (window.verticalStride, window.horizontalStride),
                groups: convolution.groups
            )
            let bias = try values(.bias)
            if !bias.isEmpty { map.forEachPlane { plane, value in value + bias[plane] } }
        case .batchNormalization(let normalization):
            let (scale, shift) = (try values(.scale), try values(.shift))
            let (mean, variance) = (try values(.mean), try values(.variance))
            map.forEachPlane { plane, value in
                (value - mean[plane]) / (variance[plane] + normalization.epsilon).squareRoot() * scale[plane]
                    + shift[plane]
            }
        case .activation(let activation):
            map.values = map.values.map { apply(activation, $0) }
        case .add:
            map.values = zip(map.values, inputs[1].values).map(+)
        case .maxPooling(let window):
            map = DoubleReference.maximum(
                padded(map, window, with: -.infinity),
                kernel: (window.height, window.width),
                stride: (window.verticalStride, window.horizontalStride)
            )
        case .globalAveragePooling:
            let pixels = map.height * map.width
            var means = Map(map.channels, 1, 1)
            for plane in 0..<map.channels {
                means.values[plane] = map.values[plane * pixels..<(plane + 1) * pixels].reduce(0, +) / Double(pixels)
            }
            map = means
        case .fullyConnected(let layer):
            let (weight, bias) = (try values(.weight), try values(.bias))
            let count = map.values.count
            var sums = Map(layer.outputs, 1, 1)
            for output in 0..<layer.outputs {
                sums.values[output] = zip(weight[output * count..<(output + 1) * count], map.values)
                    .reduce(bias[output]) { $0 + $1.0 * $1.1 }
            }
            map = sums
        default:
            map = try TensorReference.output(layer, inputs, values)
        }
        return map
    }

    /// An activation of one value.
    static func apply(_ activation: Activation, _ x: Double) -> Double {
        switch activation {
        case .relu: x < 0 ? 0 : x
        case .clip(let low, let high): x < Double(low) ? Double(low) : x > Double(high) ? Double(high) : x
        case .silu: x / (1 + exp(-x))
        case .hardSwish: x * min(max(x + 3, 0), 6) / 6
        case .sigmoid: 1 / (1 + exp(-x))
        case .hardSigmoid(let slope, let offset): min(max(Double(slope) * x + Double(offset), 0), 1)
        case .tanh: tanh(x)
        case .gelu: x * erfc(-x / 2.0.squareRoot()) / 2
        case .tanhGELU: x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x))) / 2
        case .quickGELU: x / (1 + exp(-1.702 * x))
        }
    }

    private static func padded(_ map: Map, _ window: SlidingWindow, with value: Double) -> Map {
        let (rows, columns) = padding(of: window, over: map)
        return map.padded(rows.before, columns.before, rows.after, columns.after, with: value)
    }

    /// Rows and columns of padding around a map.
    static func padding(
        of window: SlidingWindow,
        over map: Map
    ) -> (rows: (before: Int, after: Int), columns: (before: Int, after: Int)) {
        func amounts(_ vertical: Bool) -> (before: Int, after: Int) {
            window.padding.amounts(
                vertical: vertical,
                size: vertical ? map.height : map.width,
                kernel: vertical ? window.height : window.width,
                stride: vertical ? window.verticalStride : window.horizontalStride
            )
        }
        return (amounts(true), amounts(false))
    }
}

extension DoubleReference.Map {
    /// Replaces each value by what becomes of it in its plane.
    fileprivate mutating func forEachPlane(_ body: (_ plane: Int, _ value: Double) -> Double) {
        let pixels = height * width
        for index in values.indices { values[index] = body(index / pixels, values[index]) }
    }
}
