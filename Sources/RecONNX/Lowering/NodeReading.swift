internal import RecNetwork

/// The attributes of a node, with the defaults of the standard.
struct NodeReading {
    private let attributes: [String: ONNXAttribute]

    init(_ node: ONNXNode) { attributes = node.attributes }

    func integer(_ name: String) -> Int? {
        if case .integer(let value)? = attributes[name] { Int(value) } else { nil }
    }

    func integers(_ name: String) -> [Int]? {
        if case .integers(let values)? = attributes[name] { values.map { Int($0) } } else { nil }
    }

    func float(_ name: String) -> Float? {
        if case .float(let value)? = attributes[name] { value } else { nil }
    }

    func text(_ name: String) -> String? {
        if case .text(let value)? = attributes[name] { value } else { nil }
    }

    /// The window of a convolution or a pooling over an image, or `nil` when no layer has such a one.
    ///
    /// With `ceil_mode` the windows at the end are given the padding that they need.
    ///
    /// - Parameters:
    ///   - kernel: Rows and columns of the window.
    ///   - size: Rows and columns of the map.
    ///   - extra: Padding besides what the node states: top, left, bottom, right.
    /// - Returns: The window.
    func window(kernel: [Int], over size: [Int], extra: [Int] = [0, 0, 0, 0]) -> SlidingWindow? {
        let strides = integers("strides") ?? [1, 1]
        guard kernel.count == 2, size.count == 2, strides.count == 2, (kernel + strides).allSatisfy({ $0 > 0 }),
            (integers("dilations") ?? [1, 1]).allSatisfy({ $0 == 1 }),
            var pads = pads(kernel: kernel, strides: strides, size: size, isExplicit: extra.contains { $0 != 0 })
        else { return nil }
        pads = zip(pads, extra).map(+)
        if integer("ceil_mode") == 1 {
            for axis in 0..<2 {
                let slack = size[axis] + pads[axis] + pads[axis + 2] - kernel[axis]
                guard slack >= 0 else { return nil }
                var outputs = (slack + strides[axis] - 1) / strides[axis] + 1
                // A window never starts in the padding at the end.
                if (outputs - 1) * strides[axis] >= size[axis] + pads[axis] { outputs -= 1 }
                pads[axis + 2] += max((outputs - 1) * strides[axis] - slack, 0)
            }
        }
        let limits = kernel + kernel
        guard zip(pads, limits).allSatisfy({ $0 >= 0 && $0 < $1 }) else { return nil }
        return SlidingWindow(
            height: kernel[0],
            width: kernel[1],
            verticalStride: strides[0],
            horizontalStride: strides[1],
            padding: .explicit(top: pads[0], left: pads[1], bottom: pads[2], right: pads[3])
        )
    }

    /// The stated padding below and to the right, without what `ceil_mode` adds.
    func endPads(kernel: [Int], over size: [Int]) -> (bottom: Int, right: Int)? {
        pads(kernel: kernel, strides: integers("strides") ?? [1, 1], size: size).map { ($0[2], $0[3]) }
    }

    /// Padding as in `pads`: top, left, bottom, right.
    private func pads(kernel: [Int], strides: [Int], size: [Int], isExplicit: Bool = false) -> [Int]? {
        let automatic = text("auto_pad") ?? "NOTSET"
        guard !isExplicit || !automatic.hasPrefix("SAME") else { return nil }
        switch automatic {
        case "NOTSET", "":
            guard let pads = integers("pads") else { return [0, 0, 0, 0] }
            return pads.count == 4 ? pads : nil
        case "VALID": return [0, 0, 0, 0]
        case "SAME_UPPER", "SAME_LOWER":
            let isUpper = text("auto_pad") == "SAME_UPPER"
            var pads = [0, 0, 0, 0]
            for axis in 0..<2 {
                let outputs = (size[axis] + strides[axis] - 1) / strides[axis]
                let total = max((outputs - 1) * strides[axis] + kernel[axis] - size[axis], 0)
                pads[axis] = isUpper ? total / 2 : total - total / 2
                pads[axis + 2] = total - pads[axis]
            }
            return pads
        default: return nil
        }
    }
}
