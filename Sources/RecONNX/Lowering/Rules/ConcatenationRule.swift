internal import RecNetwork

/// Maps or rows, one after the other.
enum ConcatenationRule {
    @Sendable static func lower(_ node: FoldedGraph.Node, _ lowering: inout GraphLowering) throws -> Bool {
        let names = node.node.inputs
        guard names.count > 1, names.allSatisfy({ !$0.isEmpty && !lowering.isConstant($0) }),
            let first = lowering.type(names[0]), let output = lowering.type(node.node.outputs[0]),
            var axis = try node.operation.context.integer("axis")
        else { return false }
        axis += axis < 0 ? first.rank : 0
        guard first.shape.indices.contains(axis) else { return false }
        let types = names.compactMap { lowering.type($0) }
        let before = first.shape[..<axis].reduce(1, *)
        let after = first.shape[(axis + 1)...].reduce(1, *)
        func forms(_ form: (Int) -> ValueForm) -> [ValueForm] { types.map { form($0.shape[axis]) } }
        let all = after == 1 ? forms { .rows(channels: $0) } : forms { .planes(channels: $0) }
        if after == 1 || before == 1 && zip(names, all).allSatisfy({ lowering.held[$0]?.forms[$1] != nil }) {
            var maps: [HeldValue.Held] = []
            for (name, form) in zip(names, all) {
                guard let map = lowering.value(name, form) else { return false }
                maps.append(
                    maps.isEmpty ? map : lowering.view(map, height: maps[0].shape.height, width: maps[0].shape.width)
                )
            }
            let channels = output.shape[axis]
            let value = lowering.network.concatenation(maps.map(\.value))
            let shape = FeatureMapShape(channels: channels, height: maps[0].shape.height, width: maps[0].shape.width)
            lowering.hold(
                node.node.outputs[0],
                after == 1 ? .rows(channels: channels) : .planes(channels: channels),
                value,
                shape
            )
            return true
        }
        guard before == 1 else { return false }
        var vectors: [Network.Value] = []
        for name in names {
            guard let vector = lowering.vector(name) else { return false }
            vectors.append(vector)
        }
        let value = lowering.network.concatenation(vectors)
        lowering.hold(node.node.outputs[0], .vector, value, FeatureMapShape(channels: output.count))
        return true
    }
}
