internal import RecCore

/// The plain files of a TAR archive (ustar, GNU or pax), as views into the file.
struct TarArchive {
    private static let blockSize = 512
    private var files: [String: ByteRegion] = [:]

    /// Whether a file starts with a TAR header.
    static func recognizes(_ file: ByteRegion) -> Bool { file.matches("ustar", at: 257) }

    /// Reads all headers.
    init(_ file: ByteRegion) throws(RecError) {
        var offset = 0
        while offset <= file.count - Self.blockSize {
            let header = try file.region(at: offset, count: Self.blockSize, "A TAR header")
            let bytes = header.prefix(Self.blockSize)
            // The archive ends with blocks of zeros.
            if bytes[0] == 0 { return }
            guard header.matches("ustar", at: 257), let size = Self.octal(bytes[124..<136]) else {
                throw file.corrupt("Its TAR archive has a damaged header at byte \(offset)")
            }
            let contents = try file.region(at: offset + Self.blockSize, count: size, "A file of its TAR archive")
            let name = String(decoding: bytes[0..<100].prefix { $0 != 0 }, as: UTF8.self)
            if bytes[156] == UInt8(ascii: "0") || bytes[156] == 0 {
                files[name.hasPrefix("./") ? String(name.dropFirst(2)) : name] = contents
            }
            offset += Self.blockSize + (size + Self.blockSize - 1) / Self.blockSize * Self.blockSize
        }
    }

    /// The contents of a file, or `nil` when there is none of that name.
    func file(named name: String) -> ByteRegion? { files[name] }

    /// A size: octal digits, or, with the top bit set, a big-endian number.
    private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
        guard let first = field.first else { return nil }
        if first == 0x80 { return field.suffix(7).reduce(0) { $0 << 8 | Int($1) } }
        let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
        guard let value = Int(String(decoding: digits, as: UTF8.self), radix: 8), value >= 0 else { return nil }
        return value
    }
}
