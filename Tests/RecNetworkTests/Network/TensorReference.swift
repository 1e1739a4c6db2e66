import Foundation
import RecNetwork

/// The layers of tensors beyond feature maps, from their definitions in double precision.
enum TensorReference {
    typealias Map = DoubleReference.Map

    static func output(
        _ layer: Layer,
        _ inputs: [Map],
        _ values: (Parameter.Role) throws -> [Double]
    ) throws -> Map {
        let map = inputs[0]
        switch layer {
        case .multiply: return Map(map, zip(map.values, inputs[1].values).map(*))
        case .gate:
            return Map(map, map.values.indices.map { map.values[$0] * inputs[1].values[$0 / map.pixels] })
        case .affine(let factor, let summand):
            return Map(map, map.values.map { $0 * Double(factor) + Double(summand) })
        case .concatenation:
            var result = Map(inputs.reduce(0) { $0 + $1.channels }, map.height, map.width)
            result.values = inputs.flatMap(\.values)
            return result
        case .reshape(let shape), .rearrangement(.planesToMap(let shape)):
            var result = Map(shape.channels, shape.height, shape.width)
            result.values = map.values
            return result
        case .rearrangement(.mapToPlanes): return vector(map.values)
        case .rearrangement(.mapToRows):
            return vector(map.values.indices.map { map.values[$0 % map.channels * map.pixels + $0 / map.channels] })
        case .rearrangement(.rowsToMap(let shape)):
            var result = Map(shape.channels, shape.height, shape.width)
            let pixels = shape.height * shape.width
            result.values = map.values.indices.map { map.values[$0 % pixels * shape.channels + $0 / pixels] }
            return result
        case .averagePooling(let pooling): return average(map, pooling)
        case .layerNormalization(let normalization):
            let (scale, shift) = (try values(.scale), try values(.shift))
            var result = map
            for pixel in 0..<map.pixels {
                let places = (0..<map.channels).map { $0 * map.pixels + pixel }
                let mean = places.reduce(0) { $0 + map.values[$1] } / Double(map.channels)
                let variance = places.reduce(0) { $0 + pow(map.values[$1] - mean, 2) } / Double(map.channels)
                for (channel, place) in places.enumerated() {
                    result.values[place] =
                        (map.values[place] - mean) / (variance + normalization.epsilon).squareRoot() * scale[channel]
                        + shift[channel]
                }
            }
            return result
        case .softmax(let width):
            var result = map
            for first in stride(from: 0, to: map.values.count, by: width) {
                let row = map.values[first..<first + width]
                let peak = row.max() ?? 0
                let sum = row.reduce(0) { $0 + exp($1 - peak) }
                for place in first..<first + width { result.values[place] = exp(map.values[place] - peak) / sum }
            }
            return result
        case .matrixProduct(let product): return vector(multiply(map.values, inputs[1].values, product))
        case .attention(let attention): return attend(attention, inputs)
        default: throw MissingReference()
        }
    }

    /// A layer that has no reference.
    struct MissingReference: Error {}

    private static func attend(_ attention: Attention, _ inputs: [Map]) -> Map {
        let (query, key, value) = (inputs[0], inputs[1], inputs[2])
        let size = attention.values.count
        var result = Map(attention.heads * size, query.height, query.width)
        func channel(_ heads: Attention.Heads, _ head: Int, _ index: Int) -> Int {
            heads.first + head * heads.stride + index
        }
        for head in 0..<attention.heads {
            let mask = attention.mask.count > query.pixels * key.pixels ? head * query.pixels * key.pixels : 0
            for row in 0..<query.pixels {
                var weights = (0..<key.pixels).map { column in
                    let score = (0..<attention.keys.count).reduce(0.0) { sum, index in
                        sum + query.values[channel(attention.queries, head, index) * query.pixels + row]
                            * key.values[channel(attention.keys, head, index) * key.pixels + column]
                    }
                    let added = attention.mask.isEmpty ? 0 : attention.mask[mask + row * key.pixels + column]
                    return score * Double(attention.scale) + Double(added)
                }
                let peak = weights.max() ?? 0
                weights = weights.map { exp($0 - peak) }
                let sum = weights.reduce(0, +)
                for index in 0..<size {
                    let place = channel(attention.values, head, index) * key.pixels
                    result.values[(head * size + index) * query.pixels + row] =
                        (0..<key.pixels).reduce(0) { $0 + weights[$1] * value.values[place + $1] } / sum
                }
            }
        }
        return result
    }

    private static func vector(_ values: [Double]) -> Map {
        var result = Map(values.count, 1, 1)
        result.values = values
        return result
    }

    private static func multiply(_ left: [Double], _ right: [Double], _ product: MatrixProduct) -> [Double] {
        var result: [Double] = []
        for pair in 0..<product.batch {
            for row in 0..<product.rows {
                for column in 0..<product.columns {
                    result.append(
                        (0..<product.depth).reduce(0.0) { sum, term in
                            let place =
                                product.isTransposed
                                ? column * product.depth + term : term * product.columns + column
                            return sum + left[(pair * product.rows + row) * product.depth + term]
                                * right[pair * product.depth * product.columns + place]
                        }
                    )
                }
            }
        }
        return result
    }

    /// The mean over each window, of explicit padding only.
    private static func average(_ map: Map, _ pooling: AveragePooling) -> Map {
        let window = pooling.window
        let (rows, columns) = ReferenceNetwork.padding(of: window, over: map)
        let height = (map.height + rows.before + rows.after - window.height) / window.verticalStride + 1
        let width = (map.width + columns.before + columns.after - window.width) / window.horizontalStride + 1
        var result = Map(map.channels, height, width)
        for channel in 0..<map.channels {
            for row in 0..<height {
                for column in 0..<width {
                    var (sum, count) = (0.0, 0)
                    for y in row * window.verticalStride - rows.before..<row * window.verticalStride - rows.before
                        + window.height
                    {
                        for x in column * window.horizontalStride - columns.before..<column * window.horizontalStride
                            - columns.before + window.width
                        {
                            let isInside = (0..<map.height).contains(y) && (0..<map.width).contains(x)
                            if isInside { sum += map.values[(channel * map.height + y) * map.width + x] }
                            let counts =
                                y < map.height + pooling.countedBottom
                                && x < map.width + pooling.countedRight
                            if isInside || pooling.countsPadding && counts { count += 1 }
                        }
                    }
                    result.values[(channel * height + row) * width + column] = sum / Double(count)
                }
            }
        }
        return result
    }
}

extension DoubleReference.Map {
    fileprivate init(_ other: Self, _ values: [Double]) {
        self = other
        self.values = values
    }

    fileprivate var pixels: Int { height * width }
}
