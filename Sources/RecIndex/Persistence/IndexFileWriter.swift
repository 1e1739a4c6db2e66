internal import RecCore
internal import RecPlatform

/// Lays an index out as a file and writes it.
struct IndexFileWriter {
    /// What a section is made of.
    private enum Content {
        case bytes([UInt8])
        case rows(FloatRows, checksum: UInt32)

        var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .rows(let rows, _): rows.rowCount * rows.dimension * 4
            }
        }

        var checksum: UInt32 {
            switch self {
            case .bytes(let bytes): CRC32C.of(bytes)
            case .rows(_, let checksum): checksum
            }
        }

        func write(to file: borrowing AtomicFile) throws(PlatformError) {
            switch self {
            case .bytes(let bytes):
                try file.write(bytes)
            case .rows(let rows, _):
                try rows.withBytes(0..<rows.rowCount) { bytes throws(PlatformError) in try file.write(bytes) }
            }
        }
    }

    private var contents: [(kind: SectionKind, number: Int, content: Content)] = []
    private let productCount: Int

    /// - Throws: ``RecIndexError`` with code `corrupt` when the segment comes from a file that turns out to be damaged.
    init(_ segment: Segment) throws(RecIndexError) {
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
        for (number, block) in segment.blocks.enumerated() {
            switch block {
            case .dense(let block):
                try block.check(0..<block.rows.rowCount)
                add(.presence, number) { $0.write(block.isPresent) }
                let checksums = (0..<block.rows.rowCount).map { row in
                    block.rows.withBytes(row..<row + 1) { CRC32C.of($0) }
                }
                add(.rowChecksums, number) { $0.write(contentsOf: checksums) }
                let checksum = contents.last?.content.checksum ?? 0
                contents.append((.rows, number, .rows(block.rows, checksum: checksum)))
            case .oneHot(let block):
                add(.codes, number) {
                    $0.write(UInt64(block.patterns.count))
                    $0.write(contentsOf: block.patterns.map { UInt32($0.columns.count) })
                    for pattern in block.patterns { $0.write(contentsOf: pattern.columns) }
                    $0.write(block.patternOfRow)
                }
            }
        }
    }

    private mutating func add(_ kind: SectionKind, _ number: Int = 0, _ fill: (inout ByteWriter) -> Void) {
        var writer = ByteWriter()
        fill(&writer)
        contents.append((kind, number, .bytes(writer.bytes)))
    }

    /// Writes the file, whole or not at all.
    func write(to path: String) throws(PlatformError) {
        var end = Header.size(sectionCount: contents.count)
        let sections = contents.map { kind, number, content in
            let start = end + FileFormat.padding(after: end)
            end = start + content.count
            return Section(kind: kind, number: number, range: start..<end, checksum: content.checksum)
        }
        let header = Header(productCount: productCount, fileSize: end, sections: sections).encoded
        try AtomicFile.write(to: path) { file throws(PlatformError) in
            try file.write(header)
            var written = header.count
            for (section, item) in zip(sections, contents) {
                try file.write([UInt8](repeating: 0, count: section.range.lowerBound - written))
                try item.content.write(to: file)
                written = section.range.upperBound
            }
        }
    }
}
