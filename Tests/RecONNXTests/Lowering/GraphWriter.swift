import Foundation
import RecONNX

/// Writes small ONNX files byte by byte, with repeated numbers one by one as exporters write them; ``ModelBuilder``
/// packs them.
struct GraphWriter {
    /// The value of an attribute.
    enum Attribute {
        case integer(Int)
        case integers([Int])
        case float(Float)
        case text(String)
    }

    private var nodes: [[UInt8]] = []
    private var constants: [[UInt8]] = []
    private var inputs: [[UInt8]] = []
    private var outputs: [[UInt8]] = []
    var opset = 17

    /// Adds an input of floats; `nil` is a free dimension.
    mutating func input(_ name: String, _ shape: [Int?]) { inputs.append(Self.value(name, shape)) }

    /// Adds an output whose shape is not declared.
    mutating func output(_ name: String) { outputs.append(Self.text(1, name)) }

    mutating func constant(_ name: String, _ values: [Float], _ shape: [Int]) {
        var tensor = shape.flatMap { Self.integer(1, $0) } + Self.integer(2, 1) + Self.text(8, name)
        tensor += Self.bytes(9, values.flatMap { Self.littleEndian($0) })
        constants.append(tensor)
    }

    mutating func constant(_ name: String, integers: [Int]) {
        var tensor = Self.integer(1, integers.count) + Self.integer(2, 7) + Self.text(8, name)
        tensor += Self.bytes(7, integers.flatMap { Self.varint(UInt64(bitPattern: Int64($0))) })
        constants.append(tensor)
    }

    /// Adds a node with one output, which is also its name.
    mutating func node(_ type: String, _ inputs: [String], _ output: String, _ attributes: [String: Attribute] = [:]) {
        var node = inputs.flatMap { Self.text(1, $0) } + Self.text(2, output) + Self.text(3, output)
        node += Self.text(4, type)
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            var attribute = Self.text(1, name)
            switch value {
            case .float(let number):
                attribute += [0x15] + Self.littleEndian(number)
                attribute += Self.integer(20, 1)
            case .integer(let number): attribute += Self.integer(3, number) + Self.integer(20, 2)
            case .text(let text): attribute += Self.text(4, text) + Self.integer(20, 3)
            case .integers(let numbers): attribute += numbers.flatMap { Self.integer(8, $0) } + Self.integer(20, 7)
            }
            node += Self.bytes(5, attribute)
        }
        nodes.append(node)
    }

    /// Writes the file, opens it, and removes its name; it stays mapped.
    func model() throws -> ONNXModel {
        let url = FileManager.default.temporaryDirectory.appending(path: "rec-\(UUID().uuidString).onnx")
        try Data(file).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return try ONNXModel(path: url.path)
    }

    /// The bytes of the file.
    var file: [UInt8] {
        var graph = nodes.flatMap { Self.bytes(1, $0) } + Self.text(2, "graph")
        graph += constants.flatMap { Self.bytes(5, $0) }
        graph += inputs.flatMap { Self.bytes(11, $0) } + outputs.flatMap { Self.bytes(12, $0) }
        return Self.integer(1, 8) + Self.text(2, "tests") + Self.bytes(7, graph)
            + Self.bytes(8, Self.text(1, "") + Self.integer(2, opset))
    }

    private static func value(_ name: String, _ shape: [Int?]) -> [UInt8] {
        let dimensions = shape.flatMap { size in bytes(1, size.map { integer(1, $0) } ?? text(2, "free")) }
        return text(1, name) + bytes(2, bytes(1, integer(1, 1) + bytes(2, dimensions)))
    }

    private static func littleEndian(_ value: Float) -> [UInt8] {
        var bits = value.bitPattern
        return (0..<4).map { _ in
            defer { bits >>= 8 }
            return UInt8(truncatingIfNeeded: bits)
        }
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var (rest, result) = (value, [UInt8]())
        while rest > 127 {
            result.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        return result + [UInt8(rest)]
    }

    private static func integer(_ field: Int, _ value: Int) -> [UInt8] {
        varint(UInt64(field << 3)) + varint(UInt64(bitPattern: Int64(value)))
    }

    private static func bytes(_ field: Int, _ value: [UInt8]) -> [UInt8] {
        varint(UInt64(field << 3 | 2)) + varint(UInt64(value.count)) + value
    }

    private static func text(_ field: Int, _ value: String) -> [UInt8] { bytes(field, Array(value.utf8)) }
}
