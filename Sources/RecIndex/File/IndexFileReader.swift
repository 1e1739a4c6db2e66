internal import RecCore
internal import RecFiles

/// Reads and checks an index file; the floats stay in the file.
struct IndexFileReader {
    private let file: MappedFile
    private let header: Header
    private let sections: [SectionKey: Section]

    /// The key of a section.
    private struct SectionKey: Hashable {
        let kind: SectionKind
        let number: Int
    }

    /// Whether vectors and middle codes are checked at their first use, not when the file is opened.
    let checksLater: Bool

    init(_ file: MappedFile, checksLater: Bool = false) throws {
        self.file = file
        self.checksLater = checksLater
        header = try Header(file)
        sections = Dictionary(header.sections.map { (SectionKey(kind: $0.kind, number: $0.number), $0) }) { $1 }
        try checkPadding()
    }

    /// The segment in the file.
    ///
    /// - Parameter known: A space of others, whose copy the segment gets where its own is equal, so that the two are
    ///   compared in constant time.
    /// - Returns: The segment, with its codes and its graph.
    /// - Throws: ``FileDamage``, or the errors of the values when a rule of theirs is broken.
    func segment(sharing known: EmbeddingSpace? = nil) throws -> Segment {
        let stated = try parse(.space) { try $0.readSpace() }
        let space = known.flatMap { $0 == stated ? $0 : nil } ?? stated
        var used = 5
        let ids = try parse(.ids) { try $0.readStrings() }
        guard ids.count == header.productCount, ids.isStrictlyAscending, ids.count == 0 || ids[0] != "" else {
            throw FileDamage.corrupt("the identifiers do not ascend or are not as many as stated")
        }
        let titles = try parse(.titles) { try readOptionalStrings(&$0) }
        let pictures = try parse(.pictures) { try readOptionalStrings(&$0) }
        let notes = try parse(.notes) { try $0.readNotes() }
        let columnCount = header.sections.count { $0.kind == .attribute }
        let columns = try (0..<columnCount).map { number in try readColumn(number) }
        used += header.version == 1 ? columnCount : 2 * columnCount
        guard StringTable(columns.map(\.name)).isStrictlyAscending else {
            throw FileDamage.corrupt("the names of the attributes do not ascend")
        }
        let blocks = try space.blocks.enumerated().map { number, block -> any StoredBlock in
            let coding = block.kind.coding
            used += coding.sectionCount(version: header.version)
            return try coding.read(number, of: self)
        }
        let table = BlockTable(space: space, blocks: blocks, rowCount: ids.count)
        let codes = try QuantizedBlock.vectors(of: table).flatMap { try readCodes($0.position, $0.block) }
        if codes != nil { used += 7 }
        let graph = try QuantizedBlock.vectors(of: table).flatMap { try readGraph($0.position, $0.block) }
        if graph != nil { used += 4 }
        guard used == header.sections.count else { throw FileDamage.corrupt("it has sections that nothing refers to") }
        let products = ProductTable(ids: ids, titles: titles, pictures: pictures, columns: columns)
        return Segment(space: space, notes: notes, products: products, blocks: blocks).with(codes).with(graph)
    }
}

extension IndexFileReader {
    /// The file, for errors.
    var path: String { file.path }

    /// The number of products that the header states.
    var productCount: Int { header.productCount }

    /// The version of the file.
    var version: UInt32 { header.version }

    /// Whether the file has a section.
    func has(_ kind: SectionKind, _ number: Int) -> Bool { sections[SectionKey(kind: kind, number: number)] != nil }

    private func section(_ kind: SectionKind, _ number: Int) throws -> Section {
        guard let section = sections[SectionKey(kind: kind, number: number)] else {
            throw FileDamage.corrupt("a section is missing (\(kind) \(number))")
        }
        return section
    }

    /// The checksum that the header states for a section.
    func checksum(of kind: SectionKind, _ number: Int) throws -> UInt32 { try section(kind, number).checksum }

    /// The vectors of a block in place, unchecked, and the checksum that the header states for them.
    func rows(_ number: Int, dimension: Int) throws -> (rows: FloatRows, checksum: UInt32) {
        let section = try section(.rows, number)
        let (values, overflow) = productCount.multipliedReportingOverflow(by: dimension)
        guard !overflow, section.range.count % 4 == 0, values == section.range.count / 4 else {
            throw FileDamage.corrupt("the vectors of block \(number) are not as many as stated")
        }
        if checksLater { file.expectRandomAccess(section.range) }
        let start = section.range.lowerBound
        return (FloatRows(file, offset: start, rowCount: productCount, dimension: dimension), section.checksum)
    }

    /// Checks a section's checksum and reads all of it.
    func parse<Value>(
        _ kind: SectionKind,
        _ number: Int = 0,
        _ read: (inout ByteReader) throws -> Value
    ) throws -> Value {
        let section = try section(kind, number)
        file.expectReading(section.range)
        guard file.withBytes({ CRC32C.of($0.extracting(section.range)) }) == section.checksum else {
            throw FileDamage.corrupt("the checksum of a section is wrong (\(kind) \(number))")
        }
        var reader = ByteReader(file, section.range)
        do {
            let value = try read(&reader)
            guard reader.remaining == 0 else { throw FileDamage.corrupt("a section is too long (\(kind) \(number))") }
            return value
        } catch is ByteReader.EndOfData {
            throw FileDamage.corrupt("a section ends too early (\(kind) \(number))")
        }
    }

    /// Numbers that are checked when they are used, by checksums of another section, whose checksum theirs is.
    func readUnchecked<Number: BitwiseCopyable & Sendable>(
        _ kind: SectionKind,
        _ number: Int,
        like other: SectionKind,
        count: Int
    ) throws -> NumberArray<Number> {
        let section = try section(kind, number)
        let bytes = count.multipliedReportingOverflow(by: MemoryLayout<Number>.stride)
        guard !bytes.overflow, section.range.count == bytes.partialValue,
            try section.checksum == self.section(other, number).checksum
        else { throw FileDamage.corrupt("a section has not the size or checksum it should have (\(kind) \(number))") }
        if checksLater { file.expectRandomAccess(section.range) }
        return NumberArray(file, offset: section.range.lowerBound, count: count)
    }

    private func checkPadding() throws {
        var end = Header.size(sectionCount: header.sections.count)
        for section in header.sections {
            var reader = ByteReader(file, end..<section.range.lowerBound)
            guard try reader.readArray(of: UInt8.self, count: reader.remaining).allSatisfy({ $0 == 0 }) else {
                throw FileDamage.corrupt("the space between two sections is not empty")
            }
            end = section.range.upperBound
        }
    }

    private func readOptionalStrings(_ reader: inout ByteReader) throws -> OptionalStrings {
        let table = try reader.readStrings()
        guard table.count == header.productCount else { throw FileDamage.corrupt("the number of texts") }
        return OptionalStrings(table: table, isPresent: try reader.readFlags(count: table.count))
    }

    private func readColumn(_ number: Int) throws -> AttributeColumn {
        let count = header.productCount
        var name = ""
        var column: AttributeColumn?
        if header.version == 1 {
            column = try parse(.attribute, number) { reader in
                name = try reader.readString()
                let dictionary = try reader.readStrings()
                var end: UInt32 = 0
                var ends: [UInt32] = []
                for values in try reader.readArray(of: UInt32.self, count: count) {
                    let (sum, overflow) = end.addingReportingOverflow(values)
                    guard !overflow else { throw FileDamage.corrupt("the values of attribute '\(name)' are too many") }
                    end = sum
                    ends.append(end)
                }
                let codes = try reader.readNumbers(of: UInt32.self, count: reader.remaining / 4)
                return AttributeColumn(name: name, dictionary: dictionary, ends: NumberArray(ends), codes: codes)
            }
        } else {
            let dictionary = try parse(.attribute, number) { reader in
                name = try reader.readString()
                return try reader.readStrings()
            }
            column = try parse(.values, number) { reader in
                let ends = try reader.readNumbers(of: UInt32.self, count: count)
                let codes = try reader.readNumbers(of: UInt32.self, count: reader.remaining / 4)
                return AttributeColumn(name: name, dictionary: dictionary, ends: ends, codes: codes)
            }
        }
        guard let column else { throw FileDamage.corrupt("the values of attribute '\(name)' are not consistent") }
        return column
    }
}
