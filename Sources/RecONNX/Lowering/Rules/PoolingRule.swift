internal import RecNetwork

/// Maxima and means over windows, and means of whole channels.
enum PoolingRule {
    @Sendable static func lowerMaximum(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        guard let windows = try windows(node, &lowering) else { return false }
        let value = lowering.network.maxPooling(windows.map, windows.window)
        lowering.hold(node.node.outputs[0], .planes(channels: windows.output.channels), value, windows.output)
        return true
    }

    @Sendable static func lowerAverage(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        guard let windows = try windows(node, &lowering) else { return false }
        let pooling = AveragePooling(
            windows.window,
            countsPadding: try node.operation.context.flag("count_include_pad"),
            countedEnd: windows.statedEnd
        )
        let value = lowering.network.averagePooling(windows.map, pooling)
        lowering.hold(node.node.outputs[0], .planes(channels: windows.output.channels), value, windows.output)
        return true
    }

    /// The windows of a pooling over a picture's map.
    private struct Windows {
        let map: Network.Value
        let window: SlidingWindow
        /// The rows and columns of padding at the end that the node states.
        let statedEnd: (bottom: Int, right: Int)
        let output: FeatureMapShape
    }

    private static func windows(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Windows? {
        let context = node.operation.context
        guard let input = lowering.operand(node, 0), let type = lowering.type(input),
            let output = lowering.type(node.node.outputs[0]), type.rank == 4, type.shape[0] == 1,
            let found = try WindowAttributes(context).layerWindow(over: Array(type.shape[2...]), context),
            let map = lowering.map(
                input,
                .planes(channels: type.shape[1]),
                height: type.shape[2],
                width: type.shape[3]
            )
        else { return nil }
        let shape = FeatureMapShape(channels: type.shape[1], height: output.shape[2], width: output.shape[3])
        guard let size = found.window.outputSize(over: map.shape), size == (shape.height, shape.width) else {
            return nil
        }
        return Windows(map: map.value, window: found.window, statedEnd: found.statedEnd, output: shape)
    }

    @Sendable static func lowerMean(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        guard let input = lowering.operand(node, 0), let type = lowering.type(input), type.rank >= 3,
            type.shape[0] == 1
        else { return false }
        return mean(node, .planes(channels: type.shape[1]), input, &lowering)
    }

    /// The mean over all positions, whether they are the last dimensions or the first.
    @Sendable static func lowerReduction(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        guard let input = lowering.operand(node, 0), let type = lowering.type(input),
            lowering.operand(node, 1) == nil,
            let given = try lowering.constant(node, 1).map({ try $0.load().integers.map { Int($0) } })
                ?? node.operation.context.integers("axes")
        else { return false }
        let axes = Set(given.map { $0 < 0 ? $0 + type.rank : $0 })
        // Dimensions of size 1 count for either side.
        let kept = type.shape.indices.filter { !axes.contains($0) && type.shape[$0] > 1 }
        let reduced = type.shape.indices.filter { axes.contains($0) && type.shape[$0] > 1 }
        guard let lastKept = kept.last, let firstKept = kept.first, let lastReduced = reduced.last,
            let firstReduced = reduced.first
        else { return false }
        let channels = kept.reduce(1) { $0 * type.shape[$1] }
        let form: ValueForm
        if lastKept < firstReduced {
            form = .planes(channels: channels)
        } else if lastReduced < firstKept {
            form = .rows(channels: channels)
        } else {
            return false
        }
        return mean(node, form, input, &lowering)
    }

    private static func mean(
        _ node: FoldedGraph.Node,
        _ form: ValueForm,
        _ input: String,
        _ lowering: inout GraphLowering
    ) -> Bool {
        guard let map = lowering.value(input, form) else { return false }
        let value = lowering.network.globalAveragePooling(map.value)
        lowering.hold(node.node.outputs[0], .vector, value, FeatureMapShape(channels: map.shape.channels))
        return true
    }
}
