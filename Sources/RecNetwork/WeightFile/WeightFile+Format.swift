extension WeightFile {
    /// The container format of weights, detected from their bytes.
    package struct Format: Sendable, Hashable, CustomStringConvertible {
        /// The name for people.
        package let description: String

        /// [safetensors](https://github.com/huggingface/safetensors), as Hugging Face and timm publish.
        package static let safetensors = Format(description: "safetensors")
        /// The format of `torch.save` since PyTorch 1.6: a ZIP archive of a pickle and storages.
        package static let pyTorchArchive = Format(description: "PyTorch archive")
        /// The format of `torch.save` from PyTorch 0.1.10 to 1.5: a stream of pickles and storages.
        package static let pyTorchStream = Format(description: "PyTorch pickle stream")
        /// The format of `torch.save` before PyTorch 0.1.10: a TAR archive.
        package static let pyTorchTar = Format(description: "PyTorch TAR archive")
        /// HDF5, as Keras writes: `.h5`, `.weights.h5`, and the HDF5 file inside a `.keras` archive.
        package static let keras = Format(description: "Keras HDF5")
    }
}
