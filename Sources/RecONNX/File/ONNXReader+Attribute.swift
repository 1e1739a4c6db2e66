internal import RecFiles

extension ONNXReader {
    /// Reads an attribute: its name and its value.
    mutating func attribute(
        in bytes: RawSpan,
        _ place: Range<Int>,
        depth: Int
    ) throws -> (name: String, value: ONNXAttribute) {
        var parts = AttributeParts()
        var fields = ProtobufReader(place)
        while let field = try fields.next(in: bytes) {
            switch field.number {
            case 1: parts.name = try field.text(in: bytes)
            case 2:
                guard case .fixed32(let bits) = field.value else { throw corrupt("An attribute is damaged.") }
                parts.float = Float(bitPattern: bits)
            case 3: parts.integer = try field.integer
            case 4: parts.text = String(decoding: try field.array(in: bytes), as: UTF8.self)
            case 5: parts.tensor = try tensor(in: bytes, try field.range).constant
            case 6: parts.graph = [try graph(in: bytes, try field.range, depth: depth + 1)]
            case 7:
                try field.append(to: &parts.floats, in: bytes)
            case 8:
                try field.append(to: &parts.integers, in: bytes)
            case 9:
                try count()
                parts.texts.append(String(decoding: try field.array(in: bytes), as: UTF8.self))
            case 20: parts.kind = Int(clamping: try field.integer)
            case 21: parts.parameter = try field.text(in: bytes)
            default: break
            }
        }
        return (parts.name, parts.value)
    }
}

/// The fields of an attribute's message.
private struct AttributeParts {
    var name = ""
    var kind = 0
    var parameter = ""
    var float: Float?
    var integer: Int64?
    var text: String?
    var tensor: ONNXConstant?
    var graph: [ONNXGraph] = []
    var floats: [Float] = []
    var integers: [Int64] = []
    var texts: [String] = []

    /// The value of the kind that the message states; old files state none, and the field that is there decides.
    var value: ONNXAttribute {
        if !parameter.isEmpty { return .parameter(parameter) }
        switch kind {
        case 1: return .float(float ?? 0)
        case 2: return .integer(integer ?? 0)
        case 3: return .text(text ?? "")
        case 4: return tensor.map { .tensor($0) } ?? .other("no tensor")
        case 5: return graph.first.map { .graph($0) } ?? .other("no graph")
        case 6: return .floats(floats)
        case 7: return .integers(integers)
        case 8: return .texts(texts)
        case 0: break
        default: return .other("a value of kind \(kind)")
        }
        if let float { return .float(float) }
        if let integer { return .integer(integer) }
        if let text { return .text(text) }
        if let tensor { return .tensor(tensor) }
        if let graph = graph.first { return .graph(graph) }
        if !floats.isEmpty { return .floats(floats) }
        if !texts.isEmpty { return .texts(texts) }
        return .integers(integers)
    }
}
