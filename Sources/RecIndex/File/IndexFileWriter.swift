internal import RecCore
internal import RecFiles

/// Lays an index out as a file and writes it.
struct IndexFileWriter {
    /// The content of a section.
    private struct Content {
        let count: Int
        let checksum: UInt32
        let write: (borrowing AtomicFile) throws(FileError) -> Void
    }

    private var contents: [(kind: SectionKind, number: Int, content: Content)] = []
    private let productCount: Int

    /// - Throws: `RecError` with code `corrupt` when the segment comes from a file that turns out to be damaged.
    init(_ segment: Segment) throws(RecError) {
        productCount = segment.count
        add(.space) { $0.write(segment.space) }
        add(.ids) { $0.write(segment.products.ids) }
        for (kind, strings) in [(SectionKind.titles, segment.products.titles), (.pictures, segment.products.pictures)] {
            add(kind) {
                $0.write(strings.table)
                $0.write(strings.isPresent)
            }
        }
        add(.notes) { $0.write(segment.notes) }
        for (number, column) in segment.products.columns.enumerated() {
            add(.attribute, number) {
                $0.write(column.name)
                $0.write(column.dictionary)
            }
            add(.values, number) {
                $0.write(column.ends)
                $0.write(column.codes)
            }
        }
        for (number, block) in segment.space.blocks.enumerated() {
            try block.kind.coding.add(number, ofBlocks: segment.blocks, to: &self)
        }
        if let block = segment.codes {
            try block.codes.check(0..<block.codes.slots)
            add(block.codes, block.position)
        }
        if let block = segment.graph { add(block.graph, block.position) }
    }

    /// Adds a section; gives its checksum.
    @discardableResult
    mutating func add(_ kind: SectionKind, _ number: Int = 0, _ fill: (inout ByteWriter) -> Void) -> UInt32 {
        var writer = ByteWriter()
        fill(&writer)
        let bytes = writer.bytes
        let checksum = CRC32C.of(bytes)
        let content = Content(count: bytes.count, checksum: checksum) { file throws(FileError) in
            try file.write(bytes)
        }
        contents.append((kind, number, content))
        return checksum
    }

    /// Adds a section of numbers, with a checksum of its own or that of another.
    mutating func add<Number>(
        _ kind: SectionKind,
        _ number: Int,
        _ numbers: NumberArray<Number>,
        checksum: UInt32? = nil
    ) {
        let own = checksum ?? numbers.withBytes(0..<numbers.count) { CRC32C.of($0) }
        let content = Content(count: numbers.count * MemoryLayout<Number>.stride, checksum: own) {
            file throws(FileError) in
            try numbers.withBytes(0..<numbers.count) { bytes throws(FileError) in try file.write(bytes) }
        }
        contents.append((kind, number, content))
    }

    /// Adds a section of vectors, which are not copied, with the checksum of another.
    mutating func add(_ kind: SectionKind, _ number: Int, _ rows: FloatRows, checksum: UInt32) {
        let content = Content(count: rows.rowCount * rows.dimension * 4, checksum: checksum) { file throws(FileError) in
            try rows.withBytes(0..<rows.rowCount) { bytes throws(FileError) in try file.write(bytes) }
        }
        contents.append((kind, number, content))
    }

    /// Writes the file, whole or not at all.
    func write(
        to path: String,
        synchronizesFolder: Bool,
        progress: (Double) throws(FileError) -> Void
    ) throws(FileError) {
        var end = Header.size(sectionCount: contents.count)
        let sections = contents.map { kind, number, content in
            let start = end + FileFormat.padding(after: end)
            end = start + content.count
            return Section(kind: kind, number: number, range: start..<end, checksum: content.checksum)
        }
        let header = Header(productCount: productCount, fileSize: end, sections: sections).encoded
        try AtomicFile.write(to: path, synchronizesFolder: synchronizesFolder) { file throws(FileError) in
            try file.write(header)
            var written = header.count
            for (section, item) in zip(sections, contents) {
                try file.write([UInt8](repeating: 0, count: section.range.lowerBound - written))
                try progress(Double(section.range.lowerBound) / Double(end))
                try item.content.write(file)
                written = section.range.upperBound
            }
            try progress(1)
        }
    }
}
