internal import RecFiles

/// Tells by the bytes of a file which foreign kind it is.
enum ForeignContent {
    /// The kind of a file that is no weight file; `nil` when the bytes say nothing.
    static func kind(of file: ByteRegion) -> ForeignKind? {
        let start = file.prefix(4096)
        if let kind = text(start) { return kind }
        for (magic, kind) in magics where start.starts(with: magic) { return kind }
        if start.count > 8, Array(start[4..<8]) == Array("TFL3".utf8) { return .tensorFlowLite }
        if file.matches(tableMagic, at: file.count - tableMagic.count) { return .tensorFlowCheckpoint }
        if isFlax(start) { return .flax }
        if isPaddleTensor(start) { return .paddle }
        return ProtocolBuffer.kind(start, fileSize: file.count)
    }

    /// What a pickle that torch.save did not write is, in words; `nil` when unknown.
    static func pickle(_ file: ByteRegion) -> ForeignKind? {
        let window = 1 << 16
        let start = file.prefix(window)
        if contains(start, "torch.distributed.checkpoint") { return .distributed }
        let tail = min(window, file.count)
        let end = (try? file.region(at: file.count - tail, count: tail, "The end"))?.prefix(tail) ?? []
        if contains(start, "StructuredToParameterName@@") || contains(end, "StructuredToParameterName@@")
            || contains(start, "paddle.base") || contains(start, "paddle.fluid")
        {
            return .paddle
        }
        return ForeignKind.named(file.file.path)
    }

    /// What a ZIP archive of PyTorch is that holds a program, and what to do; `nil` for all others.
    static func program(_ archive: ZipArchive) -> String? {
        for name in archive.names {
            let parts = name.split(separator: "/")
            if parts.last == "constants.pkl" || parts.prefix(2).dropLast(parts.count > 1 ? 0 : 1).contains("code") {
                return "It is a TorchScript program (torch.jit.save). \(TorchAdvice.script)"
            }
            if parts.last == "serialized_exported_program.json"
                || parts.suffix(2).elementsEqual(["models", "model.json"])
            {
                return "It is a program of torch.export (.pt2). \(TorchAdvice.exported)"
            }
        }
        return nil
    }

    private static let tableMagic: [UInt8] = [0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB]

    private static func text(_ start: [UInt8]) -> ForeignKind? {
        let text = String(decoding: start, as: UTF8.self)
        let trimmed = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        let lower = trimmed.prefix(512).lowercased()
        if lower.hasPrefix("version https://git-lfs") { return .gitLFS }
        if lower.hasPrefix("<?xml") || lower.hasPrefix("<net") {
            if trimmed.contains("<net ") || trimmed.contains("<net>") { return .openVINO }
        }
        if lower.hasPrefix("<!doctype html") || lower.hasPrefix("<html") || lower.hasPrefix("<?xml") { return .webPage }
        if lower.hasPrefix("matlab ") { return .matlab }
        if lower.hasPrefix("model_checkpoint_path:") { return .tensorFlowCheckpoint }
        if lower.hasPrefix("7767517") { return .ncnn }
        if lower.hasPrefix("{"), trimmed.contains("\"weightsManifest\"") || trimmed.contains("\"modelTopology\"") {
            return .tensorFlowJS
        }
        return nil
    }

    private static let magics: [(magic: [UInt8], kind: ForeignKind)] = [
        ([0xFF, 0xD8, 0xFF], ForeignKind("a JPEG picture", "Give the weights of a network.")),
        ([0x89, 0x50, 0x4E, 0x47], ForeignKind("a PNG picture", "Give the weights of a network.")),
        ([0x1F, 0x8B], .gzip),
        ([0x42, 0x5A, 0x68], ForeignKind("a bzip2 archive", "Unpack it first.")),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], ForeignKind("an xz archive", "Unpack it first.")),
        ([0x28, 0xB5, 0x2F, 0xFD], ForeignKind("a Zstandard archive", "Unpack it first.")),
        ([0x37, 0x7A, 0xBC, 0xAF], ForeignKind("a 7z archive", "Unpack it first.")),
        (Array("Rar!".utf8), ForeignKind("a RAR archive", "Unpack it first.")),
        (Array("GGUF".utf8), .gguf),
        (Array("%PDF".utf8), ForeignKind("a PDF", "Give the weights of a network.")),
        ([0x93] + Array("NUMPY".utf8), .numpy),
        ([0x7F] + Array("ELF".utf8), ForeignKind("a program", "Give the weights of a network.")),
        ([0x12, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], .mxNet),
        ([0, 0, 0, 0, 2, 0, 0, 0], .darknet),
        ([0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0], .darknet),
        ([0, 5, 0x16, 7], ForeignKind("a file of macOS about another file (._NAME)", "Give the other file.")),
    ]

    /// A map whose first key is a short text.
    private static func isFlax(_ start: [UInt8]) -> Bool {
        guard start.count > 8 else { return false }
        let keyAt: Int
        switch start[0] {
        case 0x81...0x8F: keyAt = 1
        case 0xDE: keyAt = 3
        case 0xDF: keyAt = 5
        default: return false
        }
        let isShort = (0xA1...0xBF).contains(start[keyAt])
        guard isShort || start[keyAt] == 0xD9 else { return false }
        let first = keyAt + (isShort ? 1 : 2)
        let length = isShort ? Int(start[keyAt] & 0x1F) : Int(start[keyAt + 1])
        let key = start.dropFirst(first).prefix(length)
        return key.count == length && key.allSatisfy { (0x20..<0x7F).contains($0) }
    }

    /// Version 0, no levels of detail, version 0, the size of a message that begins with the type of the elements.
    private static func isPaddleTensor(_ start: [UInt8]) -> Bool {
        start.count > 24 && start.prefix(16).allSatisfy { $0 == 0 } && start[17...19].allSatisfy { $0 == 0 }
            && start[20] == 0x08 && start[22] == 0x10
    }

    private static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        bytes.firstRange(of: Array(text.utf8)) != nil
    }
}
