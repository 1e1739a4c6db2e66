internal import RecCore
internal import RecFiles
internal import Synchronization

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
/// Names are those in the file, with these exceptions. In PyTorch files the dictionary of tensors may be wrapped once
/// or several times, as in `{"state_dict": {...}, "epoch": 90}`: an entry called `state_dict`, `model_state_dict`,
/// `model`, `module`, `net`, `network`, `weights` or `params` (the first of these) that is a dictionary with tensors
/// replaces its container. The prefixes `module.` (DataParallel) and `_orig_mod.` (compiled modules) are dropped when
/// all tensors have them. Entries that are not tensors are ignored. In HDF5 files a name is the path of the data set
/// without a leading slash; when the file lists its layers, as `.h5` files of Keras do, only their tensors are named.
///
/// The file must not be changed while it is open; replace it by renaming another over it.
package final class WeightFile: TensorSource {
    /// The path the file was opened by.
    package let path: String

    /// The container format.
    package let format: Format

    private let file: MappedFile
    private let contents: WeightContents
    private let digest = Mutex<String?>(nil)

    /// Opens a file and reads its table of tensors.
    ///
    /// - Complexity: Proportional to the number of tensors, not to the size of the file.
    /// - Throws: `RecError` with code `fileNotFound`, `unreadableFile`, `emptyFile`, `unknownWeightFormat`,
    ///   `corruptWeights`, `unsupportedWeights` or `forbiddenPickle`.
    package init(path: String) throws {
        self.path = path
        do {
            file = try MappedFile(path: path)
        } catch {
            let code: RecError.Code = error.isNotFound ? .fileNotFound : .unreadableFile
            throw RecError(code, path: path, "Cannot \(error.operation) the weight file: \(error.reason).")
        }
        let region = ByteRegion(file)
        guard region.count > 0 else {
            throw RecError(.emptyFile, path: path, "The weight file is empty; fetch it again.")
        }
        let format = try FormatDetector.format(of: region)
        self.format = format
        contents =
            switch format {
            case .safetensors: try SafetensorsParser.parse(region)
            case .pyTorchArchive: try TorchArchiveParser.parse(region)
            case .pyTorchStream: try TorchStreamParser.parse(region)
            case .pyTorchTar: try TorchTarParser.parse(region)
            default: try KerasParser.parse(region)
            }
        guard !contents.names.isEmpty else { throw region.unsupported("It holds no tensors.") }
    }

    /// The size of the file in bytes.
    package var byteCount: Int { file.count }

    /// Text that came with the weights: `__metadata__` of safetensors, text attributes of the root of an HDF5 file.
    package var metadata: [String: String] { contents.metadata }

    /// The layers of a Keras file in the order of the file; empty for other formats.
    ///
    /// Keras assigns weights by this order, or by layer name, never by the names of tensors.
    package var layers: [Layer] { contents.layers }

    /// The names of all tensors: in the order of the file, or of the layers that a Keras file lists.
    package var tensorNames: [String] { contents.names }

    /// The shape of a tensor, outermost dimension first, or `nil` when there is no tensor of that name.
    ///
    /// Convolution kernels are OIHW in PyTorch and safetensors files, HWIO in Keras files; dense kernels are
    /// output x input and input x output.
    package func shape(of name: String) -> [Int]? { contents.tensors[name]?.shape }

    /// The element type of a tensor, or `nil` when there is no tensor of that name.
    package func elementType(of name: String) -> ElementType? { contents.tensors[name]?.elementType }

    /// The elements of a tensor in row-major order, widened or rounded to `Float`.
    ///
    /// F16 and BF16 are widened exactly; F64 and wide integers are rounded to the nearest, ties to even.
    ///
    /// - Complexity: Proportional to the number of elements; for F32 a copy of memory.
    /// - Throws: `RecError` with code `missingTensor`, `corruptWeights` or `unsupportedWeights`.
    package func floats(of name: String) throws -> [Float] {
        try tensor(name).floats(in: file)
    }

    /// The elements of a tensor of integers in row-major order, such as `num_batches_tracked`.
    ///
    /// - Throws: `RecError` with code `missingTensor`, `misshapedTensor` when the elements are no integers,
    ///   `corruptWeights` or `unsupportedWeights`.
    package func integers(of name: String) throws -> [Int64] {
        let tensor = try tensor(name)
        guard let values = try tensor.integers(in: file) else {
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
    /// - Complexity: Reads the whole file the first time: a file in memory at one to two gigabytes a second where x86-64
    ///   has the SHA extensions, at a third of a gigabyte a second elsewhere. Later calls return the same text.
    package var sha256: String {
        digest.withLock { digest in
            if let digest { return digest }
            let text = file.withBytes { bytes in
                var hash = SHA256()
                hash.update(bytes)
                return hash.hexadecimal
            }
            digest = text
            return text
        }
    }

    private func tensor(_ name: String) throws(RecError) -> StoredTensor {
        guard let tensor = contents.tensors[name] else {
            throw RecError(.missingTensor, path: path, "There is no tensor '\(name)' in this \(format) file.")
        }
        return tensor
    }
}
