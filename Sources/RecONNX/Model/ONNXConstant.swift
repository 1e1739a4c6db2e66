package import RecCore
package import RecFiles
internal import RecNetwork

/// A tensor that a graph knows before it runs: where its elements are, and how they are read.
package struct ONNXConstant: Sendable {
    /// The place of the elements.
    package enum Content: Sendable {
        /// In a mapped file, row-major and little-endian, from an offset.
        case mapped(MappedFile, offset: Int)
        /// In memory.
        case computed(Tensor)
        /// One number for all elements.
        case filled(Tensor)
        /// In a file in a way that cannot be read; the error says why.
        case unreadable(RecError)
    }

    /// Element type and shape.
    package let type: TensorType
    /// The place of the elements.
    package let content: Content

    /// Describes a constant.
    package init(type: TensorType, content: Content) {
        self.type = type
        self.content = content
    }

    /// A constant in memory.
    package init(_ tensor: Tensor) {
        type = tensor.type
        content = .computed(tensor)
    }

    /// Reads a file that holds one tensor, as the standard's test data do.
    ///
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile`, `corruptWeights` or `unsupportedWeights`.
    package init(path: String) throws {
        var reader = try ONNXReader(path: path)
        self = try reader.tensor()
    }

    /// The elements.
    ///
    /// - Complexity: Proportional to their number; a constant in a file is copied out of the map.
    /// - Throws: `RecError` with code `corruptWeights` or `unsupportedWeights`.
    package func load() throws(RecError) -> Tensor {
        switch content {
        case .computed(let tensor): return tensor
        case .filled(let one): return one.repeated(shape: type.shape)
        case .unreadable(let reason): throw reason
        case .mapped(let file, let offset):
            guard let tensor = Tensor(file, offset: offset, type: type) else {
                throw RecError(.corruptWeights, path: file.path, "A tensor lies outside the file.")
            }
            return tensor
        }
    }
}
