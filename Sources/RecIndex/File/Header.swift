internal import RecFiles

/// The header and the section table of an index file.
struct Header {
    /// The format version.
    let version: UInt32
    let productCount: Int
    let fileSize: Int
    let sections: [Section]

    /// Where the header's own checksum lies; it is computed with zeros in its place.
    private static let checksumRange = 32..<36

    /// The number of bytes of a header with so many sections, padding included.
    static func size(sectionCount: Int) -> Int {
        let size = FileFormat.alignment + sectionCount * FileFormat.entrySize
        return size + FileFormat.padding(after: size)
    }

    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(contentsOf: FileFormat.magic)
        writer.write(version)
        writer.write(UInt32(sections.count))
        writer.write(UInt64(fileSize))
        writer.write(UInt64(productCount))
        writer.pad(to: FileFormat.alignment)
        for section in sections {
            writer.write(section.kind.rawValue)
            writer.write(UInt32(section.number))
            writer.write(UInt64(section.range.lowerBound))
            writer.write(UInt64(section.range.count))
            writer.write(section.checksum)
            writer.write(0 as UInt32)
        }
        writer.pad(to: FileFormat.alignment)
        var bytes = writer.bytes
        let checksum = CRC32C.of(bytes)
        for (position, shift) in zip(Self.checksumRange, [0, 8, 16, 24] as [UInt32]) {
            bytes[position] = UInt8(truncatingIfNeeded: checksum >> shift)
        }
        return bytes
    }

    /// Reads and checks the header: every section lies in the file, in order, without gap or overlap.
    init(_ file: MappedFile) throws {
        version = try Self.checkStart(file)
        var reader = ByteReader(file, FileFormat.magic.count + 4..<file.count)
        let sectionCount = Int(try reader.read(UInt32.self))
        let statedSize = try reader.read(UInt64.self)
        let statedCount = try reader.read(UInt64.self)
        let size = Self.size(sectionCount: sectionCount)
        guard size <= file.count else { throw FileDamage.truncated }
        var bytes = try Self.bytes(of: file, 0..<size)
        let stored = Self.checksumRange.reversed().reduce(0 as UInt32) { $0 << 8 | UInt32(bytes[$1]) }
        for position in Self.checksumRange { bytes[position] = 0 }
        guard CRC32C.of(bytes) == stored else { throw FileDamage.corrupt("the header is damaged") }
        guard statedSize <= UInt64(file.count) else { throw FileDamage.truncated }
        guard statedSize == UInt64(file.count) else { throw FileDamage.corrupt("it is longer than it should be") }
        guard let productCount = Int(exactly: statedCount) else { throw FileDamage.corrupt("its product count") }
        self.productCount = productCount
        fileSize = file.count

        reader = ByteReader(file, FileFormat.alignment..<size)
        var sections: [Section] = []
        var end = size
        for _ in 0..<sectionCount {
            let section = try Self.readSection(&reader, from: end, fileSize: file.count)
            sections.append(section)
            end = section.range.upperBound
        }
        guard end == file.count else { throw FileDamage.corrupt("bytes follow the last section") }
        self.sections = sections
    }

    init(productCount: Int, fileSize: Int, sections: [Section]) {
        let hasGraph = sections.contains { $0.kind == .graphDirections }
        version = hasGraph ? FileFormat.graphVersion : FileFormat.version
        self.productCount = productCount
        self.fileSize = fileSize
        self.sections = sections
    }

    /// Distinguishes foreign files and other versions from damaged ones.
    private static func checkStart(_ file: MappedFile) throws -> UInt32 {
        let start = try bytes(of: file, 0..<min(FileFormat.magic.count, file.count))
        guard !start.isEmpty, FileFormat.magic.starts(with: start) else { throw FileDamage.foreign }
        guard file.count >= FileFormat.alignment else { throw FileDamage.truncated }
        var reader = ByteReader(file, FileFormat.magic.count..<file.count)
        let version = try reader.read(UInt32.self)
        guard FileFormat.versions.contains(version) else {
            throw FileDamage.version(version, readable: FileFormat.versions.upperBound)
        }
        return version
    }

    private static func readSection(_ reader: inout ByteReader, from end: Int, fileSize: Int) throws -> Section {
        let kind = SectionKind(rawValue: try reader.read(UInt32.self))
        let number = Int(try reader.read(UInt32.self))
        let offset = try reader.read(UInt64.self)
        let length = try reader.read(UInt64.self)
        let checksum = try reader.read(UInt32.self)
        let reserved = try reader.read(UInt32.self)
        let start = end + FileFormat.padding(after: end)
        guard let kind, reserved == 0, offset == UInt64(start), start <= fileSize, length <= UInt64(fileSize - start)
        else { throw FileDamage.corrupt("its section table") }
        return Section(kind: kind, number: number, range: start..<start + Int(length), checksum: checksum)
    }

    private static func bytes(of file: MappedFile, _ range: Range<Int>) throws -> [UInt8] {
        var reader = ByteReader(file, range)
        return try reader.readArray(of: UInt8.self, count: range.count)
    }
}
