internal import RecCompute
package import RecCore
internal import RecFiles

/// A file of weights in any of the usual formats, mapped into memory.
///
/// The format is detected from the bytes, never from the name: safetensors; the output of any version of `torch.save`
/// (ZIP archive, pickle stream, TAR archive); and Keras's HDF5 files (`.h5`, `.weights.h5`, `.keras`). Opening reads
/// the table of tensors only. ``floats(of:)`` copies one tensor out of the map, converted to `Float`.
///
/// ```swift
/// let weights = try WeightFile(path: "resnet50-0676ba61.pth")
/// weights.shape(of: "conv1.weight")              // [64, 3, 7, 7]
/// let kernel = try weights.floats(of: "conv1.weight")
/// ```
///
/// Nothing in a file is executed. A pickle is read as data, and one that names anything but the constructors of tensors
/// and plain containers is refused. All sizes are checked against the file before anything is allocated.
///
/// Names are those in the file. In PyTorch files the name of a tensor is its path through dictionaries and lists, joined
/// by dots: `{"state_dict": {"fc.bias": ...}}` holds `state_dict.fc.bias`. Entries that are not tensors are ignored. In
/// HDF5 files a name is the path of the data set without a leading slash; when the file lists its layers, as `.h5` files
/// of Keras do, only their tensors are named.
///
/// A tensor of a kind that is not read, such as a complex or a sparse one, has its name among the others and the reason
/// in ``obstacle(to:)``; it spoils nothing else.
///
/// The weights may be in several files: the path is then that of the index (`model.safetensors.index.json`), whose parts
/// lie beside it. A path of a folder means the `model.safetensors`, `pytorch_model.bin` or index in it.
///
/// The file must not be changed while it is open; replace it by renaming another over it.
package final class WeightFile: TensorSource {
    /// The path of the file, or of the index when there are several.
    package let path: String

    /// The container format.
    package let format: Format

    private let parts: [Part]
    /// For each tensor the number of its part, when there are several.
    private let partOfTensor: [String: Int]
    private let digest = LockedValue<String?>(nil)

    /// Opens a file, or several with their index, and reads the table of tensors.
    ///
    /// - Complexity: Proportional to the number of tensors, not to the size of the file.
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile`, `emptyFile`, `unknownWeightFormat`,
    ///   `corruptWeights`, `unsupportedWeights` or `forbiddenPickle`.
    package init(path: String) throws {
        let opened = try Self.open(path)
        parts = opened.parts
        partOfTensor = opened.partOfTensor
        self.path = opened.path
        format = opened.parts[0].format
        tensorNames = opened.parts.flatMap(\.contents.names)
    }

    /// The size of the file in bytes, or of all parts.
    package var byteCount: Int { parts.reduce(0) { $0 + $1.file.count } }

    /// Text that came with the weights: `__metadata__` of safetensors, texts in the outermost dictionary of a PyTorch
    /// file and, as `meta.NAME`, in its entry `meta`, text attributes of the root of an HDF5 file.
    package var metadata: [String: String] {
        parts.reduce(into: [:]) { $0.merge($1.contents.metadata) { first, _ in first } }
    }

    /// The layers of a Keras file in the order of the file; empty for other formats.
    ///
    /// Keras assigns weights by this order, or by layer name, never by the names of tensors.
    package var layers: [Layer] { parts.flatMap(\.contents.layers) }

    /// The names of all tensors, those that cannot be read included: in the order of the file, or of the layers that a
    /// Keras file lists.
    package let tensorNames: [String]

    /// The shape of a tensor, outermost dimension first, or `nil` when there is no tensor of that name.
    ///
    /// Convolution kernels are OIHW in PyTorch and safetensors files, HWIO in Keras files; dense kernels are
    /// output x input and input x output.
    package func shape(of name: String) -> [Int]? { part(of: name).contents.tensors[name]?.shape }

    /// The element type of a tensor, or `nil` when there is no tensor of that name.
    package func elementType(of name: String) -> ElementType? { part(of: name).contents.tensors[name]?.elementType }

    /// The reason why a tensor that is there cannot be read; `nil` for all others.
    package func obstacle(to name: String) -> RecError? { part(of: name).contents.unreadable[name] }

    /// Whether two tensors are the same view of the same bytes.
    package func areOne(_ first: String, _ second: String) -> Bool {
        guard part(of: first).file === part(of: second).file,
            let first = part(of: first).contents.tensors[first], let second = part(of: second).contents.tensors[second]
        else { return false }
        return first.isSame(as: second)
    }

    /// The elements of a tensor in row-major order, widened or rounded to `Float`.
    ///
    /// F16 and BF16 are widened exactly; F64 and wide integers are rounded to the nearest, ties to even.
    ///
    /// - Complexity: Proportional to the number of elements; for F32 a copy of memory.
    /// - Throws: `RecError` with code `missingTensor`, `corruptWeights` or `unsupportedWeights`.
    package func floats(of name: String) throws -> [Float] {
        try tensor(name).floats(in: part(of: name).file)
    }

    /// The elements of a tensor of integers in row-major order, such as `num_batches_tracked`.
    ///
    /// - Throws: `RecError` with code `missingTensor`, `misshapedTensor` when the elements are no integers,
    ///   `corruptWeights` or `unsupportedWeights`.
    package func integers(of name: String) throws -> [Int64] {
        let tensor = try tensor(name)
        guard let values = try tensor.integers(in: part(of: name).file) else {
            throw RecError(
                .misshapedTensor,
                path: path,
                "The tensor '\(name)' holds \(tensor.elementType), not integers."
            )
        }
        return values
    }

    /// The SHA-256 of the whole file in lower-case hexadecimal, for the recipe of what these weights compute.
    ///
    /// Of several files it is the SHA-256 of the lines that `sha256sum` prints for them, in the order of their names.
    ///
    /// - Complexity: Reads the whole file the first time: a file in memory at one to two gigabytes a second where x86-64
    ///   has the SHA extensions, at a third of a gigabyte a second elsewhere. Later calls return the same text.
    package var sha256: String {
        digest.withLock { digest in
            if let digest { return digest }
            let text = MappedFile.sha256(of: parts.map(\.file))
            digest = text
            return text
        }
    }

    private func part(of name: String) -> Part { parts[partOfTensor[name] ?? 0] }

    private func tensor(_ name: String) throws(RecError) -> StoredTensor {
        let contents = part(of: name).contents
        if let tensor = contents.tensors[name] { return tensor }
        if let reason = contents.unreadable[name] { throw reason }
        throw RecError(.missingTensor, path: path, "There is no tensor '\(name)' in this \(format) file.")
    }
}
