/// The path of a tensor in a Keras file.
struct KerasPath {
    /// The whole path.
    let name: String
    /// The path before the layer's name, without that name where it is repeated: the prefix of the network.
    let prefix: String
    /// The layer and the weight; `nil` for weights that no network here has.
    let key: KerasKey?

    /// Reads `.../layer/part:0`, `.../layer/layer_part:0` and `.../layer/layer_part_1:0`.
    init(_ path: String) {
        name = path
        let components = path.split(separator: "/")
        guard components.count >= 2 else {
            (prefix, key) = ("", nil)
            return
        }
        let layer = components[components.count - 2]
        prefix = components.dropLast(2).filter { $0 != layer }.map { $0 + "/" }.joined()
        var name = components[components.count - 1].prefix { $0 != ":" }
        if name.hasPrefix(layer + "_") { name = name.dropFirst(layer.count + 1) }
        if name.hasSuffix("_1") { name = name.dropLast(2) }
        key = Self.part(name).map { KerasKey(layer: String(layer), part: $0) }
    }

    private static func part(_ name: Substring) -> KerasKey.Part? {
        switch name {
        case "kernel", "depthwise_kernel", "W": .kernel
        case "bias", "b": .bias
        case "gamma": .gamma
        case "beta": .beta
        case "moving_mean", "running_mean": .mean
        case "moving_variance", "running_std": .variance
        case _ where name.lowercased().hasPrefix("variable"): .variable
        default: nil
        }
    }
}
