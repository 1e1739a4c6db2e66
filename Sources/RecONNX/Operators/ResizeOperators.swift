internal import RecNetwork

/// Changes of the size of pictures and other grids.
enum ResizeOperators {
    static let table: [OperatorEntry] = [
        OperatorEntry("Resize", [10, 11, 13, 18, 19], resize),
        OperatorEntry("Upsample", [7, 9, 10], resize),
    ]

    @Sendable
    private static func resize(_ context: OperatorContext) throws -> TensorOperation {
        let attributes = try ResizeAttributes(context)
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                return [TensorType(input.elementType, try attributes.axes(operands, context).map(\.output))]
            },
            compute: { values in
                let input = try values[0]
                let axes = try attributes.axes(values.operands, context)
                var numbers = input.doubles
                var shape = input.shape
                var outside: [[Bool]] = []
                for (axis, plan) in axes.enumerated() {
                    let taps = (0..<plan.output).map { attributes.taps($0, plan) }
                    outside.append(taps.map(\.isOutside))
                    guard !plan.isIdle else { continue }
                    let (outer, length, inner) = Indices.split(shape, at: axis)
                    shape[axis] = plan.output
                    var result: [Double] = []
                    result.reserveCapacity(shape.reduce(1, *))
                    for row in 0..<outer {
                        for tap in taps {
                            for column in 0..<inner {
                                let sum = tap.weights.reduce(0) { sum, weight in
                                    sum + weight.factor * numbers[(row * length + weight.index) * inner + column]
                                }
                                result.append(sum)
                            }
                        }
                    }
                    numbers = result
                }
                guard outside.contains(where: { $0.contains(true) }) else { return values.result(numbers) }
                let strides = Indices.strides(shape)
                for place in numbers.indices
                where shape.indices.contains(where: { outside[$0][place / strides[$0] % shape[$0]] }) {
                    numbers[place] = attributes.extrapolation
                }
                return values.result(numbers)
            },
            steps: { operands, outputs in
                let axes = try attributes.axes(operands, context)
                return axes.reduce(Double(outputs[0].count)) {
                    $0 + Double(outputs[0].count) * attributes.footprint($1)
                }
            }
        )
    }
}

/// One axis of a `Resize`.
struct ResizeAxis {
    var input: Int
    var output: Int
    var scale: Double
    /// The part of the axis that is taken, 0 to 1.
    var region = (start: 0.0, end: 1.0)

    /// Whether nothing is to be done.
    var isIdle: Bool { input == output && scale == 1 && region == (0, 1) }
}

/// The attributes of a `Resize` or `Upsample` node.
struct ResizeAttributes {
    let mode: String
    let coordinates: String
    let nearest: String
    let cubic: Double
    let excludesOutside: Bool
    let extrapolation: Double
    let isAntialiased: Bool
    let policy: String
    private let axisList: [Int]?
    private let scaleList: [Double]?
    private let version: Int
    private let isUpsample: Bool

    init(_ context: OperatorContext) throws {
        version = context.version
        isUpsample = context.node.operatorType == "Upsample"
        let isOld = isUpsample || version < 11
        mode = try context.text("mode", "nearest")
        coordinates = isOld ? "asymmetric" : try context.text("coordinate_transformation_mode", "half_pixel")
        nearest = isOld ? "floor" : try context.text("nearest_mode", "round_prefer_floor")
        cubic = try context.number("cubic_coeff_a", -0.75)
        excludesOutside = try context.flag("exclude_outside")
        extrapolation = try context.number("extrapolation_value", 0)
        isAntialiased = try context.flag("antialias")
        policy = try context.text("keep_aspect_ratio_policy", "stretch")
        axisList = try context.integers("axes")
        scaleList = isUpsample && version < 9 ? try context.numbers("scales") : nil
        guard ["nearest", "linear", "cubic"].contains(mode) || isUpsample && mode == "bilinear" else {
            throw context.unsupported("its mode is '\(mode)'")
        }
        let known = [
            "half_pixel", "half_pixel_symmetric", "pytorch_half_pixel", "align_corners", "asymmetric",
            "tf_crop_and_resize", "tf_half_pixel_for_nn",
        ]
        guard known.contains(coordinates) else { throw context.unsupported("its coordinates are '\(coordinates)'") }
    }

    /// What becomes of each axis.
    func axes(_ operands: Operands, _ context: OperatorContext) throws -> [ResizeAxis] {
        let shape = try operands.shape(0)
        let axes = try (axisList ?? Array(shape.indices)).map { try context.axis($0, rank: shape.count) }
        var result = shape.map { ResizeAxis(input: $0, output: $0, scale: 1) }
        func numbers(_ index: Int) throws -> [Double]? {
            guard operands.has(index) else { return nil }
            let list = try operands.numbers(index)
            return list.isEmpty ? nil : list
        }
        let isOld = isUpsample || version < 11
        if coordinates == "tf_crop_and_resize", let region = try numbers(1) {
            guard region.count == 2 * axes.count else { throw context.invalid("the region does not fit the axes") }
            for (number, axis) in axes.enumerated() {
                result[axis].region = (region[number], region[number + axes.count])
            }
        }
        if let scales = try scaleList ?? numbers(isOld ? 1 : 2) {
            guard scales.count == axes.count else { throw context.invalid("the scales do not fit the axes") }
            for (number, axis) in axes.enumerated() {
                let share = result[axis].region.end - result[axis].region.start
                let size = (Double(shape[axis]) * share * scales[number]).rounded(.down)
                guard scales[number] > 0, size >= 0, size <= Double(OperatorContext.bound) else {
                    throw context.invalid("a scale is \(scales[number])")
                }
                result[axis].scale = scales[number]
                result[axis].output = Int(size)
            }
        } else if !isOld, operands.has(3) {
            let sizes = try operands.integers(3)
            guard sizes.count == axes.count, sizes.allSatisfy({ $0 >= 0 }), axes.allSatisfy({ shape[$0] > 0 }) else {
                throw context.invalid("the sizes do not fit the axes")
            }
            var scales = zip(axes, sizes).map { Double($1) / Double(shape[$0]) }
            if policy != "stretch", !scales.isEmpty {
                let common = policy == "not_larger" ? scales.min() : scales.max()
                scales = scales.map { common ?? $0 }
            }
            for (number, axis) in axes.enumerated() {
                result[axis].scale = scales[number]
                let size = Double(shape[axis]) * scales[number] + 0.5
                guard size <= Double(OperatorContext.bound) else { throw context.invalid("a size is too large") }
                result[axis].output = policy == "stretch" ? sizes[number] : Int(size)
            }
        } else {
            throw context.invalid("it has neither scales nor sizes")
        }
        guard result.allSatisfy({ footprint($0) <= 1e6 }) else { throw context.unsupported("a scale is too small") }
        guard result.allSatisfy({ $0.input > 0 || $0.output == 0 }) else { throw context.invalid("the input is empty") }
        return result
    }

    /// The number of elements of the input that an element of the output depends on.
    func footprint(_ axis: ResizeAxis) -> Double {
        guard isAntialiased, axis.scale < 1 else { return 4 }
        return min(4 / axis.scale + 4, 4e9)
    }

    /// The position in the input that a position in the output stands for.
    private func source(_ position: Int, _ axis: ResizeAxis) -> Double {
        let place = Double(position)
        let input = Double(axis.input)
        let output = axis.scale * input
        switch coordinates {
        case "align_corners": return output == 1 ? 0 : place * (input - 1) / (output - 1)
        case "asymmetric": return place / axis.scale
        case "tf_half_pixel_for_nn": return (place + 0.5) / axis.scale
        case "pytorch_half_pixel": return axis.output == 1 ? -0.5 : (place + 0.5) / axis.scale - 0.5
        case "half_pixel_symmetric":
            let offset = input / 2 * (1 - Double(axis.output) / output)
            return offset + (place + 0.5) / axis.scale - 0.5
        case "tf_crop_and_resize":
            let span = (axis.region.end - axis.region.start) * (input - 1)
            let start = axis.region.start * (input - 1)
            return start + (axis.output == 1 ? span / 2 : place * span / (Double(axis.output) - 1))
        default: return (place + 0.5) / axis.scale - 0.5
        }
    }

    /// The elements of the input with their factors for one position of the output.
    func taps(_ position: Int, _ axis: ResizeAxis) -> (weights: [(index: Int, factor: Double)], isOutside: Bool) {
        if axis.isIdle { return ([(position, 1)], false) }
        let source = source(position, axis)
        let last = axis.input - 1
        guard source.isFinite else { return ([], true) }
        if coordinates == "tf_crop_and_resize", source < 0 || source > Double(last) { return ([], true) }
        let floor = source.rounded(.down)
        let bounded = min(max(floor, -1e9), 1e9)
        func clamp(_ index: Int) -> Int { min(max(index, 0), last) }
        if mode == "nearest" {
            let rest = source - floor
            let isUp =
                switch nearest {
                case "floor": false
                case "ceil": rest > 0
                case "round_prefer_ceil": rest >= 0.5
                default: rest > 0.5
                }
            return ([(clamp(Int(bounded) + (isUp ? 1 : 0)), 1)], false)
        }
        // A position on an element is seen from the one before it, so that the filter is the same from both sides.
        let base = source == floor && isAntialiased ? Int(bounded) - 1 : Int(bounded)
        let ratio = source == floor && isAntialiased ? 1 : source - floor
        var weights: [(index: Int, factor: Double)] = coefficients(ratio, axis.scale).map {
            (base + $0.offset, $0.factor)
        }
        if excludesOutside { weights = weights.map { (0...last).contains($0.index) ? $0 : ($0.index, 0) } }
        if excludesOutside || isAntialiased {
            let sum = weights.reduce(0) { $0 + $1.factor }
            weights = weights.map { ($0.index, $0.factor / sum) }
        }
        return (weights.map { (clamp($0.index), $0.factor) }, false)
    }

    private func coefficients(_ ratio: Double, _ scale: Double) -> [(offset: Int, factor: Double)] {
        let scale = isAntialiased ? min(scale, 1) : 1
        let reach = mode == "cubic" ? 2.0 : 1.0
        let start = Int((-reach / scale).rounded(.down)) + 1
        let end = 1 - start
        return (start...end).map { offset in
            let distance = abs(Double(offset) - ratio) * scale
            return (offset, mode == "cubic" ? cubicFactor(distance) : max(0, 1 - distance))
        }
    }

    /// The convolution kernel of Keys.
    private func cubicFactor(_ x: Double) -> Double {
        if x <= 1 { return ((cubic + 2) * x - (cubic + 3)) * x * x + 1 }
        if x < 2 { return ((cubic * x - 5 * cubic) * x + 8 * cubic) * x - 4 * cubic }
        return 0
    }
}
