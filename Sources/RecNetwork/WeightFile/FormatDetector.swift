internal import RecCore

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
        throw file.foreign(
            "This is \(appearance(of: file)), not safetensors, a PyTorch checkpoint or a Keras HDF5 file."
        )
    }

    /// A `.keras` archive holds an HDF5 file, any other ZIP archive must be PyTorch's.
    private static func archiveFormat(of file: ByteRegion) throws(RecError) -> WeightFile.Format {
        let archive = try ZipArchive(file)
        return archive.record(named: KerasParser.archivedWeights) == nil ? .pyTorchArchive : .keras
    }

    private static func appearance(of file: ByteRegion) -> String {
        let start = file.prefix(512)
        let text = String(decoding: start, as: UTF8.self).lowercased()
        let trimmed = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if trimmed.hasPrefix("<!doctype html") || trimmed.hasPrefix("<html") || trimmed.hasPrefix("<?xml") {
            return "a web page, probably the error page of a failed download"
        }
        if text.hasPrefix("version https://git-lfs") {
            return "a Git LFS pointer (run `git lfs pull` to get the file itself)"
        }
        for (magic, name) in magics where start.starts(with: magic) { return name }
        if start.count > 8, Array(start[4..<8]) == Array("TFL3".utf8) { return "a TensorFlow Lite model" }
        if isONNX(start) { return "an ONNX model" }
        if trimmed.hasPrefix("{") || trimmed.hasPrefix("[") { return "JSON text" }
        if start.count < 16 { return "a file of \(file.count) bytes" }
        return "no weight file that is known"
    }

    private static let magics: [(magic: [UInt8], name: String)] = [
        ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG picture"),
        ([0x1F, 0x8B], "a gzip archive (unpack it first)"),
        ([0x42, 0x5A, 0x68], "a bzip2 archive (unpack it first)"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz archive (unpack it first)"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard archive (unpack it first)"),
        (Array("GGUF".utf8), "a GGUF model"),
        (Array("%PDF".utf8), "a PDF"),
        ([0x93] + Array("NUMPY".utf8), "a NumPy array"),
        ([0x7F] + Array("ELF".utf8), "a program"),
    ]

    /// An ONNX model is a protocol buffer that begins with field 1, the version of the representation, then strings.
    private static func isONNX(_ start: [UInt8]) -> Bool {
        start.count > 4 && start[0] == 0x08 && (1...20).contains(start[1])
            && [0x12, 0x1A, 0x22, 0x2A, 0x3A, 0x42].contains(start[2])
    }
}
