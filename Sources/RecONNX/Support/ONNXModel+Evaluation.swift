internal import RecCore
internal import RecFiles
internal import RecNetwork

extension ONNXModel {
    /// Runs the graph as it is, node by node, with plain arithmetic: the reference for folding and layers.
    ///
    /// - Parameter given: The inputs by name.
    /// - Returns: The outputs in the order of the file.
    /// - Throws: `RecError` with code `unsupportedONNX`, `invalidONNX` or `corruptWeights`.
    package func evaluate(_ given: [String: Tensor]) throws -> [Tensor] {
        var values = given
        func value(_ name: String) throws -> Tensor? {
            if name.isEmpty { return nil }
            if let value = values[name] { return value }
            guard let constant = graph.constants[name] else {
                throw RecError(.invalidONNX, path: path, "There is no value '\(name)'.")
            }
            return try constant.load()
        }
        for node in graph.nodes {
            let (operation, _) = try OperatorTable.operation(for: node, opset: opset)
            let results = try operation.evaluate(try node.inputs.map(value))
            for (name, result) in zip(node.outputs, results) where !name.isEmpty { values[name] = result }
        }
        return try graph.outputs.compactMap { try value($0.name) }
    }
}

extension ONNXConstant {
    /// Reads a file that holds one tensor, as the standard's test data do.
    ///
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile`, `corruptWeights` or `unsupportedWeights`.
    package init(path: String) throws {
        let file: MappedFile
        do {
            file = try MappedFile(path: path)
        } catch {
            throw RecError(error)
        }
        var reader = ONNXReader(file)
        self = try reader.standaloneTensor()
    }
}

extension ONNXReader {
    /// Reads a file whose only message is a tensor.
    fileprivate mutating func standaloneTensor() throws -> ONNXConstant {
        var reader = self
        do {
            return try file.withBytes { bytes in
                try reader.tensor(in: bytes, 0..<bytes.byteCount).constant
            }
        } catch let damage as ProtobufDamage {
            throw corrupt(damage.reason)
        }
    }
}
