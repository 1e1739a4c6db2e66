import Foundation
import RecCore
import RecFiles
import RecONNX

/// Writes small models in the wire format, field by field as the standard numbers them.
struct ModelBuilder {
    /// A value of an attribute.
    enum Value {
        case integer(Int64)
        case integers([Int64])
        case text(String)
        case graph(ModelBuilder)
        case tensor([UInt8])
        /// In a function: the attribute of that name of the node that calls it, an integer.
        case parameter(String)
    }

    /// A function of the file; the nodes are those of a graph.
    struct Function {
        var name: String
        var domain = "my.domain"
        var overload = ""
        var inputs: [String]
        var outputs: [String]
        var parameters: [String] = []
        var defaults: [String: Value] = [:]
        var opset: Int64?
        var body: ModelBuilder
    }

    var irVersion: Int64 = 8
    var opset: Int64 = 17
    var nodes: [[UInt8]] = []
    var initializers: [[UInt8]] = []
    var inputs: [[UInt8]] = []
    var outputs: [[UInt8]] = []
    var functions: [Function] = []

    /// The message of a tensor of floats in `raw_data`, or with other fields.
    static func tensor(
        _ name: String,
        _ shape: [Int64],
        _ values: [Float] = [],
        type: Int64 = 1,
        extra: (inout ProtobufWriter) -> Void = { _ in }
    ) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.write(1, packed: shape)
        writer.write(2, type)
        writer.write(8, name)
        if !values.isEmpty {
            var bytes: [UInt8] = []
            bytes.append(littleEndian: values)
            writer.write(9, bytes)
        }
        extra(&writer)
        return writer.bytes
    }

    /// The message of an input or output; a size of -1 is free.
    static func info(_ name: String, _ shape: [Int64], type: Int64 = 1) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.write(1, name)
        writer.write(2) { typeWriter in
            typeWriter.write(1) { tensor in
                tensor.write(1, type)
                tensor.write(2) { shapeWriter in
                    for size in shape {
                        shapeWriter.write(1) { dimension in
                            if size < 0 { dimension.write(2, "N") } else { dimension.write(1, size) }
                        }
                    }
                }
            }
        }
        return writer.bytes
    }

    mutating func add(
        _ operatorType: String,
        _ inputs: [String],
        _ outputs: [String],
        _ attributes: [String: Value] = [:],
        domain: String = "",
        name: String = "",
        overload: String = ""
    ) {
        var writer = ProtobufWriter()
        for input in inputs { writer.writeElement(1, input) }
        for output in outputs { writer.writeElement(2, output) }
        writer.write(3, name)
        writer.write(4, operatorType)
        for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
            writer.write(5) { Self.write(value, key, to: &$0) }
        }
        // A documentation that readers pass over.
        writer.write(6, "File \"model.py\", line 1, in forward")
        writer.write(7, domain)
        writer.write(8, overload)
        nodes.append(writer.bytes)
    }

    private static func write(_ value: Value, _ key: String, to writer: inout ProtobufWriter) {
        writer.write(1, key)
        switch value {
        case .integer(let number):
            writer.write(3, number)
            writer.write(20, Int64(2))
        case .integers(let numbers):
            writer.write(8, packed: numbers)
            writer.write(20, Int64(7))
        case .text(let text):
            writer.write(4, text)
            writer.write(20, Int64(3))
        case .tensor(let bytes):
            writer.write(5, bytes)
            writer.write(20, Int64(4))
        case .graph(let builder):
            writer.write(6, builder.graph)
            writer.write(20, Int64(5))
        case .parameter(let name):
            writer.write(20, Int64(2))
            writer.write(21, name)
        }
    }

    /// The message of the graph.
    var graph: [UInt8] {
        var writer = ProtobufWriter()
        for node in nodes { writer.writeElement(1, node) }
        writer.write(2, "graph")
        for tensor in initializers { writer.writeElement(5, tensor) }
        for input in inputs { writer.writeElement(11, input) }
        for output in outputs { writer.writeElement(12, output) }
        return writer.bytes
    }

    /// The message of the model.
    var bytes: [UInt8] {
        var writer = ProtobufWriter()
        writer.write(1, irVersion)
        writer.write(2, "tests")
        writer.write(7, graph)
        writer.write(8) { $0.write(2, opset) }
        for function in functions { writer.write(25) { Self.write(function, to: &$0) } }
        return writer.bytes
    }

    private static func write(_ function: Function, to writer: inout ProtobufWriter) {
        writer.write(1, function.name)
        for name in function.inputs { writer.writeElement(4, name) }
        for name in function.outputs { writer.writeElement(5, name) }
        for name in function.parameters { writer.writeElement(6, name) }
        for node in function.body.nodes { writer.writeElement(7, node) }
        if let opset = function.opset { writer.write(9) { $0.write(2, opset) } }
        writer.write(10, function.domain)
        for (key, value) in function.defaults.sorted(by: { $0.key < $1.key }) {
            writer.write(11) { Self.write(value, key, to: &$0) }
        }
        writer.write(13, function.overload)
    }

    /// Reads the model from a file of its own, with other files beside it.
    func model(beside files: [String: [UInt8]] = [:]) throws -> ONNXModel {
        try Self.model(bytes, beside: files)
    }

    /// Reads bytes from a file of their own.
    static func model(_ bytes: [UInt8], beside files: [String: [UInt8]] = [:]) throws -> ONNXModel {
        let folder = FileManager.default.temporaryDirectory.appending(path: "onnx-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // The files stay mapped when their names are gone.
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, content) in files { try Data(content).write(to: folder.appending(path: name)) }
        let path = folder.appending(path: "model.onnx")
        try Data(bytes).write(to: path)
        return try ONNXModel(path: path.path())
    }
}

/// The code of the error that a closure throws.
func codeOfError(_ body: () throws -> Void) -> RecError.Code? {
    do {
        try body()
        return nil
    } catch {
        return (error as? RecError)?.code
    }
}

extension ProtobufWriter {
    /// Writes the integers of a repeated field, packed.
    mutating func writeIntegers(_ number: Int, _ values: [Int64]) { write(number, packed: values) }
}
