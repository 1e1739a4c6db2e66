internal import Foundation

/// The pooling of a feature map to one value per channel.
///
/// Sums run over the positions of a channel in row-major order, in double precision. A channel of one position is not
/// changed.
public enum FeaturePooling: Sendable, Hashable {
    /// The mean of each channel.
    case average

    /// The maximum of each channel (MAC).
    case maximum

    /// The generalised mean (GeM): `mean(max(x, epsilon)^exponent)^(1/exponent)`.
    ///
    /// Exponent 1 is the average of the positive values, a large exponent approaches the maximum; 3 with an epsilon of
    /// 1e-6 is usual. Radenović, Tolias and Chum 2018, arXiv:1711.02512.
    case generalizedMean(exponent: Double = 3, epsilon: Double = 1e-6)

    /// The first position alone: the class token of a vision transformer.
    case token

    /// No pooling: all values, CHW; those of an ONNX file in the order of its tensor.
    case none

    /// The number of values that a map is pooled to.
    package func count(of shape: FeatureMapShape) -> Int { self == .none ? shape.count : shape.channels }

    /// Pools a map, CHW.
    ///
    /// - Precondition: `map` has the count of `shape`, `output` that of ``count(of:)``; an exponent and an epsilon are
    ///   greater than 0.
    package func pool(_ map: Span<Float>, _ shape: FeatureMapShape, into output: inout MutableSpan<Float>) {
        precondition(map.count == shape.count && output.count == count(of: shape), "sizes")
        guard self != .none else {
            for index in map.indices { output[index] = map[index] }
            return
        }
        for channel in 0..<shape.channels {
            let plane = map.extracting(channel * shape.pixels..<(channel + 1) * shape.pixels)
            output[channel] = shape.pixels == 1 ? plane[0] : pool(plane)
        }
    }

    private func pool(_ plane: Span<Float>) -> Float {
        switch self {
        case .average:
            var sum = 0.0
            for index in plane.indices { sum += Double(plane[index]) }
            return Float(sum / Double(plane.count))
        case .maximum:
            var best = plane[0]
            for index in plane.indices { best = plane[index] > best || plane[index].isNaN ? plane[index] : best }
            return best
        case .generalizedMean(let exponent, let epsilon):
            precondition(exponent > 0 && epsilon > 0, "exponent and epsilon must be greater than 0")
            var sum = 0.0
            for index in plane.indices {
                let value = plane[index].isNaN ? Double.nan : max(Double(plane[index]), epsilon)
                sum += exponent == 3 ? value * value * value : pow(value, exponent)
            }
            let mean = sum / Double(plane.count)
            return Float(exponent == 3 ? cbrt(mean) : pow(mean, 1 / exponent))
        case .token, .none:
            return plane[0]
        }
    }
}
