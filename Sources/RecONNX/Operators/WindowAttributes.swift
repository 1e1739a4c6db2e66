/// The attributes of convolutions and poolings: how a window moves over the axes behind the first two.
struct WindowAttributes: Sendable {
    /// The size of the window, or `nil` when the weights give it.
    let kernel: [Int]?
    /// The steps of the window, or `nil` for ones.
    let strides: [Int]?
    /// The distances of the window's elements, or `nil` for ones.
    let dilations: [Int]?
    /// Margins before and behind each axis: all that come before, then all behind.
    let pads: [Int]?
    /// "NOTSET", "VALID", "SAME_UPPER" or "SAME_LOWER".
    let automatic: String
    /// Whether the last window may lie partly behind the end.
    let isCeiling: Bool

    /// Reads the attributes of a node.
    init(_ context: OperatorContext) throws {
        kernel = try context.integers("kernel_shape")
        strides = try context.integers("strides")
        dilations = try context.integers("dilations")
        pads = try context.integers("pads")
        automatic = try context.text("auto_pad", "NOTSET")
        isCeiling = try context.flag("ceil_mode")
        guard ["NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER", ""].contains(automatic) else {
            throw context.invalid("the padding '\(automatic)' is unknown")
        }
    }

    /// The geometry over axes of known sizes.
    ///
    /// - Parameters:
    ///   - sizes: The sizes of the axes.
    ///   - weights: The size of the window that the weights have.
    ///   - context: The node.
    /// - Returns: The geometry.
    /// - Throws: `RecError` with code `invalidONNX`.
    func geometry(_ sizes: [Int], kernel weights: [Int]? = nil, _ context: OperatorContext) throws
        -> WindowSizes
    {
        let rank = sizes.count
        guard let kernel = weights ?? kernel, kernel.count == rank, rank > 0 else {
            throw context.invalid("the window does not fit \(rank) axes")
        }
        let ones = [Int](repeating: 1, count: rank)
        var result = WindowSizes(
            input: sizes,
            kernel: kernel,
            strides: strides ?? ones,
            dilations: dilations ?? ones,
            before: [Int](repeating: 0, count: rank),
            behind: [Int](repeating: 0, count: rank),
            output: ones
        )
        guard result.strides.count == rank, result.dilations.count == rank, pads.map({ $0.count == 2 * rank }) ?? true,
            kernel.allSatisfy({ $0 > 0 }), result.strides.allSatisfy({ $0 > 0 }),
            result.dilations.allSatisfy({ $0 > 0 })
        else { throw context.invalid("strides, dilations or pads do not fit \(rank) axes") }
        for axis in 0..<rank { try place(axis, &result, context) }
        return result
    }

    private func place(_ axis: Int, _ sizes: inout WindowSizes, _ context: OperatorContext) throws {
        let extent = (sizes.kernel[axis] - 1) * sizes.dilations[axis] + 1
        let (input, stride) = (sizes.input[axis], sizes.strides[axis])
        if automatic.hasPrefix("SAME") {
            let output = (input + stride - 1) / stride
            let total = max(0, (output - 1) * stride + extent - input)
            sizes.before[axis] = automatic == "SAME_UPPER" ? total / 2 : total - total / 2
            sizes.behind[axis] = total - sizes.before[axis]
            sizes.output[axis] = output
            return
        }
        if automatic != "VALID", let pads {
            sizes.before[axis] = pads[axis]
            sizes.behind[axis] = pads[axis + sizes.input.count]
        }
        let room = input + sizes.before[axis] + sizes.behind[axis] - extent
        guard room >= 0, sizes.before[axis] >= 0, sizes.behind[axis] >= 0 else {
            throw context.invalid("a window of extent \(extent) does not fit an axis of size \(input)")
        }
        sizes.output[axis] = room / stride + 1
        // A last window that would begin in the margin behind is left out.
        if isCeiling, room % stride != 0, sizes.output[axis] * stride < input + sizes.before[axis] {
            sizes.output[axis] += 1
        }
    }
}

/// How a window moves over axes of known sizes; one number for each axis.
struct WindowSizes: Sendable, Hashable {
    var input: [Int]
    var kernel: [Int]
    var strides: [Int]
    var dilations: [Int]
    /// The margins before the axes.
    var before: [Int]
    /// The margins behind the axes.
    var behind: [Int]
    var output: [Int]

    /// For each position of the window the places of its elements among the input's, and their numbers in the window;
    /// elements in the margin are left out.
    func forEachWindow(_ body: (_ position: Int, _ places: [(input: Int, kernel: Int)]) -> Void) {
        let inputStrides = Indices.strides(input)
        let kernelStrides = Indices.strides(kernel)
        let positions = output.reduce(1, *)
        let outputStrides = Indices.strides(output)
        for position in 0..<positions {
            var places: [(input: Int, kernel: Int)] = [(0, 0)]
            for axis in input.indices {
                let start = position / outputStrides[axis] % output[axis] * strides[axis] - before[axis]
                var next: [(input: Int, kernel: Int)] = []
                for place in places {
                    for offset in 0..<kernel[axis] {
                        let index = start + offset * dilations[axis]
                        guard index >= 0, index < input[axis] else { continue }
                        next.append(
                            (place.input + index * inputStrides[axis], place.kernel + offset * kernelStrides[axis])
                        )
                    }
                }
                places = next
            }
            body(position, places)
        }
    }
}
