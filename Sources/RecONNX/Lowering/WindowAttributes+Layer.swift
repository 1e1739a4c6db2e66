internal import RecNetwork

extension WindowAttributes {
    /// The window of a layer over a map, or `nil` when no layer has such a one.
    ///
    /// Where the last window may lie partly behind the end, the layer gets the padding that it needs.
    ///
    /// - Parameters:
    ///   - size: Rows and columns of the map.
    ///   - weights: Rows and columns of the window that the weights have.
    ///   - margins: Padding besides what the node states: top, left, bottom, right.
    ///   - context: The node.
    /// - Returns: The window, and the rows and columns of padding at the end that the node states.
    func layerWindow(
        over size: [Int],
        kernel weights: [Int]? = nil,
        margins: [Int] = [0, 0, 0, 0],
        _ context: OperatorContext
    ) -> (window: SlidingWindow, statedEnd: (bottom: Int, right: Int))? {
        guard size.count == 2, (dilations ?? []).allSatisfy({ $0 == 1 }),
            !automatic.hasPrefix("SAME") || margins.allSatisfy({ $0 == 0 }),
            let sizes = try? geometry(
                [size[0] + margins[0] + margins[2], size[1] + margins[1] + margins[3]],
                kernel: weights,
                context
            )
        else { return nil }
        var pads = margins
        for axis in 0..<2 {
            pads[axis] += sizes.before[axis]
            let reach = (sizes.output[axis] - 1) * sizes.strides[axis] + sizes.kernel[axis]
            pads[axis + 2] = max(pads[axis + 2] + sizes.behind[axis], reach - size[axis] - pads[axis])
        }
        guard zip(pads, sizes.kernel + sizes.kernel).allSatisfy({ $0 < $1 }) else { return nil }
        let window = SlidingWindow(
            height: sizes.kernel[0],
            width: sizes.kernel[1],
            verticalStride: sizes.strides[0],
            horizontalStride: sizes.strides[1],
            padding: .explicit(top: pads[0], left: pads[1], bottom: pads[2], right: pads[3])
        )
        return (window, (sizes.behind[0], sizes.behind[1]))
    }
}
