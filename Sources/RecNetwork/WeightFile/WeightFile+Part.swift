internal import RecCore
internal import RecFiles

extension WeightFile {
    /// One file of weights, mapped into memory: usually the only one.
    struct Part: Sendable {
        let file: MappedFile
        let format: Format
        let contents: WeightContents

        /// Opens a file and reads its table of tensors.
        init(path: String) throws(RecError) {
            do {
                file = try MappedFile(path: path)
            } catch {
                throw RecError(error)
            }
            let region = ByteRegion(file)
            guard region.count > 0 else {
                throw RecError(.emptyFile, path: path, "The weight file is empty; fetch it again.")
            }
            let format = try FormatDetector.format(of: region)
            self.format = format
            let contents =
                switch format {
                case .safetensors: try SafetensorsParser.parse(region)
                case .pyTorchArchive: try TorchArchiveParser.parse(region)
                case .pyTorchStream: try TorchStreamParser.parse(region)
                case .pyTorchTar: try TorchTarParser.parse(region)
                default: try KerasParser.parse(region)
                }
            guard !contents.tensors.isEmpty else {
                throw contents.names.first.flatMap { contents.unreadable[$0] }
                    ?? region.unsupported("It holds no tensors.")
            }
            self.contents = contents
        }
    }
}
