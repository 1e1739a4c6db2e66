internal import RecNetwork

/// Convolutions over any number of axes, and their transposes.
enum ConvolutionOperators {
    static let table: [OperatorEntry] = [
        OperatorEntry("Conv", [1, 11, 22], convolution),
        OperatorEntry("ConvTranspose", [1, 11, 22], transposed),
    ]

    @Sendable
    private static func convolution(_ context: OperatorContext) throws -> TensorOperation {
        let window = try WindowAttributes(context)
        let groups = try context.integer("group", 1)
        @Sendable
        func geometry(_ input: [Int], _ weights: [Int]) throws -> WindowSizes {
            guard input.count >= 3, weights.count == input.count, groups > 0,
                input[1] == weights[1] * groups, weights[0].isMultiple(of: groups)
            else { throw context.invalid("weights of shape \(weights) in \(groups) groups do not fit \(input)") }
            return try window.geometry(Array(input[2...]), kernel: Array(weights[2...]), context)
        }
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                let weights = try operands.shape(1)
                if operands.has(2), try operands.type(2).count != weights[0] {
                    throw context.invalid("the bias does not have one number per channel")
                }
                let sizes = try geometry(input.shape, weights)
                return [TensorType(input.elementType, [input.shape[0], weights[0]] + sizes.output)]
            },
            compute: { values in
                let (input, weights) = (try values[0], try values[1])
                let sizes = try geometry(input.shape, weights.shape)
                let bias = values.optional(2)?.doubles
                return values.result(convolve(input, weights, bias, sizes, groups: groups))
            },
            steps: { operands, outputs in
                try operands.shape(1).dropFirst().reduce(Double(outputs[0].count)) { $0 * Double($1) }
            }
        )
    }

    private static func convolve(
        _ input: Tensor,
        _ weights: Tensor,
        _ bias: [Double]?,
        _ sizes: WindowSizes,
        groups: Int
    ) -> [Double] {
        let (numbers, factors) = (input.doubles, weights.doubles)
        let (images, channels, outputs) = (input.shape[0], input.shape[1], weights.shape[0])
        let (plane, area) = (sizes.input.reduce(1, *), sizes.kernel.reduce(1, *))
        let positions = sizes.output.reduce(1, *)
        let (inputsOfGroup, outputsOfGroup) = (channels / groups, outputs / groups)
        var result = [Double](repeating: 0, count: images * outputs * positions)
        sizes.forEachWindow { position, places in
            for image in 0..<images {
                for output in 0..<outputs {
                    let firstInput = image * channels + output / outputsOfGroup * inputsOfGroup
                    var sum = bias?[output] ?? 0
                    for channel in 0..<inputsOfGroup {
                        let start = (firstInput + channel) * plane
                        let kernel = (output * inputsOfGroup + channel) * area
                        for place in places { sum += numbers[start + place.input] * factors[kernel + place.kernel] }
                    }
                    result[(image * outputs + output) * positions + position] = sum
                }
            }
        }
        return result
    }

    /// The geometry of the convolution whose transpose an operator is: its output is our input.
    private static func transposedSizes(
        _ input: [Int],
        _ kernel: [Int],
        _ window: WindowAttributes,
        _ context: OperatorContext
    ) throws -> WindowSizes {
        let rank = input.count
        let ones = [Int](repeating: 1, count: rank)
        let zeros = [Int](repeating: 0, count: rank)
        let extra = try context.integers("output_padding") ?? zeros
        let wanted = try context.integers("output_shape").map { Array($0.suffix(rank)) }
        var sizes = WindowSizes(
            input: zeros,
            kernel: kernel,
            strides: window.strides ?? ones,
            dilations: window.dilations ?? ones,
            before: zeros,
            behind: zeros,
            output: input
        )
        guard sizes.strides.count == rank, sizes.dilations.count == rank, extra.count >= rank,
            window.pads.map({ $0.count == 2 * rank }) ?? true, wanted.map({ $0.count == rank }) ?? true,
            (sizes.strides + sizes.dilations + kernel).allSatisfy({ $0 > 0 })
        else { throw context.invalid("the window does not fit \(rank) axes") }
        let isSame = window.automatic.hasPrefix("SAME")
        for axis in 0..<rank {
            let extent = (kernel[axis] - 1) * sizes.dilations[axis] + 1
            let full = min(sizes.strides[axis] * (input[axis] - 1), 1 << 40) + extra[axis] + extent
            if isSame || wanted != nil {
                sizes.input[axis] = wanted?[axis] ?? input[axis] * sizes.strides[axis]
                let total = max(0, full - sizes.input[axis])
                sizes.before[axis] = window.automatic == "SAME_UPPER" ? total / 2 : total - total / 2
                sizes.behind[axis] = total - sizes.before[axis]
            } else {
                sizes.before[axis] = window.pads?[axis] ?? 0
                sizes.behind[axis] = window.pads?[axis + rank] ?? 0
                sizes.input[axis] = full - sizes.before[axis] - sizes.behind[axis]
            }
            guard sizes.input[axis] >= 0 else { throw context.invalid("its output would have no size") }
        }
        return sizes
    }

    @Sendable
    private static func transposed(_ context: OperatorContext) throws -> TensorOperation {
        let window = try WindowAttributes(context)
        let groups = try context.integer("group", 1)
        @Sendable
        func geometry(_ input: [Int], _ weights: [Int]) throws -> WindowSizes {
            guard input.count >= 3, weights.count == input.count, groups > 0, input[1] == weights[0],
                input[1].isMultiple(of: groups)
            else { throw context.invalid("weights of shape \(weights) in \(groups) groups do not fit \(input)") }
            return try transposedSizes(Array(input[2...]), Array(weights[2...]), window, context)
        }
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                let weights = try operands.shape(1)
                let sizes = try geometry(input.shape, weights)
                guard groups <= OperatorContext.bound, weights[1] <= OperatorContext.bound,
                    try !operands.has(2) || operands.type(2).count == weights[1] * groups
                else { throw context.invalid("the bias does not have one number per channel") }
                return [TensorType(input.elementType, [input.shape[0], weights[1] * groups] + sizes.input)]
            },
            compute: { values in
                let (input, weights) = (try values[0], try values[1])
                let sizes = try geometry(input.shape, weights.shape)
                let (numbers, factors) = (input.doubles, weights.doubles)
                let (images, channels, perGroup) = (input.shape[0], input.shape[1], weights.shape[1])
                let (plane, area) = (sizes.input.reduce(1, *), sizes.kernel.reduce(1, *))
                let positions = sizes.output.reduce(1, *)
                let inputsOfGroup = max(1, channels / groups)
                let bias = values.optional(2)?.doubles
                var result = (0..<values.type.count).map { bias?[$0 / plane % (perGroup * groups)] ?? 0 }
                sizes.forEachWindow { position, places in
                    for row in 0..<images * channels {
                        let (image, channel) = (row / channels, row % channels)
                        let value = numbers[row * positions + position]
                        for output in 0..<perGroup {
                            let target = image * perGroup * groups + channel / inputsOfGroup * perGroup + output
                            let kernel = (channel * perGroup + output) * area
                            for place in places {
                                result[target * plane + place.input] += value * factors[kernel + place.kernel]
                            }
                        }
                    }
                }
                return values.result(result)
            },
            steps: { operands, _ in
                try operands.shape(1).dropFirst().reduce(Double(try operands.type(0).count)) { $0 * Double($1) }
            }
        )
    }
}
