internal import RecCore
internal import RecFiles

/// Detects the format of a file by its first bytes.
enum FormatDetector {
    /// The format of a weight file.
    ///
    /// - Throws: `unknownWeightFormat`, whose message names the probable format.
    static func format(of file: ByteRegion) throws(RecError) -> WeightFile.Format {
        // First, because the length that safetensors starts with may equal the first bytes of another format.
        if SafetensorsParser.recognizes(file) { return .safetensors }
        if HDF5File.recognizes(file) { return .keras }
        if file.matches("PK\u{3}\u{4}") { return try archiveFormat(of: file) }
        if TorchTarParser.recognizes(file) { return .pyTorchTar }
        if TorchStreamParser.recognizes(file) { return .pyTorchStream }
        if let kind = ForeignContent.kind(of: file) ?? openVINOWeights(file) ?? ForeignKind.named(file.file.path) {
            throw file.foreign(kind.message)
        }
        throw file.foreign(
            "This is \(appearance(of: file)), not safetensors, a PyTorch checkpoint or a Keras HDF5 file."
        )
    }

    /// A `.keras` archive holds an HDF5 file, any other ZIP archive must be PyTorch's.
    private static func archiveFormat(of file: ByteRegion) throws(RecError) -> WeightFile.Format {
        let archive = try ZipArchive(file)
        return archive.names.contains(KerasParser.archivedWeights) ? .keras : .pyTorchArchive
    }

    /// The weights of an OpenVINO model are numbers only; the network is in an XML file beside them.
    private static func openVINOWeights(_ file: ByteRegion) -> ForeignKind? {
        let path = file.file.path
        guard path.hasSuffix(".bin"), FileSystem.exists(path.dropLast(3) + "xml") else { return nil }
        return .openVINO
    }

    private static func appearance(of file: ByteRegion) -> String {
        let start = file.prefix(512)
        let trimmed = String(decoding: start, as: UTF8.self).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if trimmed.hasPrefix("{") || trimmed.hasPrefix("[") { return "JSON text" }
        if start.count < 16 { return "a file of \(file.count) bytes" }
        return "no weight file that is known"
    }
}
