import RecCore
import RecImage
import RecNetwork

/// Weights and images by the formula of `Scripts/goldens/backbones.py`, bit for bit: one table of pseudo-random numbers
/// with a prime period, read from a place that depends on the tensor's name, and scaled by what the tensor is.
struct ReferenceWeights: TensorSource {
    /// The order of the dimensions of kernels, which decides the number of inputs of a weight.
    enum Order {
        case outputFirst
        case outputLast
    }

    var tensorNames: [String]
    var shapes: [String: [Int]]
    /// Tensors that are read under another name than their own.
    var aliases: [String: String] = [:]
    /// Tensors that hold this value at their first position.
    var damaged: [String: Float] = [:]
    private let order: Order
    private let gain: Double
    private let lines: ReferenceLines

    init(_ tensors: [(name: String, shape: [Int])], order: Order, gain: Double = 1) {
        tensorNames = tensors.map(\.name)
        shapes = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.shape) })
        self.order = order
        self.gain = gain
        var kinds: Set<ReferenceLines.Kind> = []
        for tensor in tensors { kinds.insert(Self.kind(tensor.name, tensor.shape, order, gain)) }
        lines = ReferenceLines(kinds)
    }

    func shape(of name: String) -> [Int]? { shapes[name] }

    func floats(of name: String) throws -> [Float] {
        let original = aliases[name] ?? name
        guard let shape = shapes[name] else { throw RecError(.missingTensor, name) }
        var values = lines.values(original, count: shape.reduce(1, *), Self.kind(original, shape, order, gain))
        if let value = damaged[name] { values[0] = value }
        return values
    }

    /// The same weights without some tensors.
    func removing(_ isRemoved: (String) -> Bool) -> ReferenceWeights {
        var result = self
        result.tensorNames.removeAll(where: isRemoved)
        for name in tensorNames where isRemoved(name) { result.shapes[name] = nil }
        return result
    }

    /// The same weights under other names.
    func renaming(_ newName: (String) -> String) -> ReferenceWeights {
        var result = self
        result.tensorNames = tensorNames.map(newName)
        result.shapes = [:]
        for (old, new) in zip(tensorNames, result.tensorNames) {
            result.shapes[new] = shapes[old]
            result.aliases[new] = aliases[old] ?? old
        }
        return result
    }

    /// One image, NCHW.
    static func image(_ size: Int, named name: String = "image") -> [Float] {
        let kind = ReferenceLines.Kind(offset: 0, scale: 2)
        return ReferenceLines([kind]).values(name, count: 3 * size * size, kind)
    }

    private static func kind(
        _ name: String,
        _ shape: [Int],
        _ order: Order,
        _ gain: Double
    ) -> ReferenceLines.Kind {
        let last = name.split(separator: "/").last ?? ""
        let role = String(last.split(separator: ".").last ?? "").prefix { $0 != ":" }
        if shape.count > 1 {
            let isDepthwise = order == .outputLast && shape.count == 4 && shape[3] == 1
            let outputs = order == .outputFirst ? shape[0] : isDepthwise ? shape[2] : shape[shape.count - 1]
            let fanIn = shape.reduce(1, *) / outputs
            return ReferenceLines.Kind(offset: 0, scale: (6.0 / Double(fanIn)).squareRoot() * gain)
        }
        if role.hasSuffix("running_var") || role.hasSuffix("running_std") || role.hasSuffix("moving_variance") {
            return ReferenceLines.Kind(offset: 1, scale: 0.5)
        }
        if role.hasSuffix("gamma") || role == "weight" { return ReferenceLines.Kind(offset: 0.75, scale: 0.25) }
        return ReferenceLines.Kind(offset: 0, scale: 0.1)
    }
}

/// The table of the formula, scaled in each way that is asked for.
struct ReferenceLines {
    /// offset + scale * table.
    struct Kind: Hashable {
        let offset: Double
        let scale: Double
    }

    private static let table: [Double] = (0..<UInt32(65537)).map { index in
        var x = index &* 2_654_435_769 &+ 12345
        x ^= x >> 16
        x = x &* 0x85EB_CA6B
        x ^= x >> 13
        x = x &* 0xC2B2_AE35
        x ^= x >> 16
        return Double(x >> 8) / 8_388_608 - 1
    }

    private let lines: [Kind: [Float]]

    init(_ kinds: Set<Kind>) {
        var lines: [Kind: [Float]] = [:]
        for kind in kinds { lines[kind] = Self.table.map { Float(kind.offset + kind.scale * $0) } }
        self.lines = lines
    }

    func values(_ name: String, count: Int, _ kind: Kind) -> [Float] {
        let line = lines[kind] ?? []
        var start = Int(Self.hash(name)) % line.count
        var result: [Float] = []
        result.reserveCapacity(count)
        while result.count < count {
            let part = line[start..<min(line.count, start + count - result.count)]
            result.append(contentsOf: part)
            start = 0
        }
        return result
    }

    /// FNV-1a.
    private static func hash(_ name: String) -> UInt32 {
        name.utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }
}
