/// The pages of a column in a row group, one after the other.
struct ParquetPages {
    /// The levels and values of one page; levels are empty where all are 0.
    struct Page {
        let count: Int
        let repetition: [UInt32]
        let definition: [UInt32]
        let values: ParquetValues
    }

    /// The most values of a page, and the most bytes; writers keep to about a megabyte.
    private static let (maximumCount, maximumSize) = (1 << 25, 1 << 28)
    /// The most elements that a byte of a page can stand for, where lists are long and all alike.
    private static let elementsPerByte = 4096

    /// The pages that have not been read.
    private var rest: ArraySlice<UInt8>
    private let leaf: ParquetLeaf
    private let kind: ParquetLeaf.Kind
    private let codec: Int
    private let rowCount: Int
    private var valuesLeft: Int
    private var dictionary: ParquetValues?

    /// Begins with the bytes of a chunk.
    init(
        _ bytes: [UInt8],
        of leaf: ParquetLeaf,
        _ chunk: ParquetFooter.Chunk,
        rowCount: Int
    ) throws(ParquetFault) {
        guard let kind = leaf.kind else {
            throw .unsupported(
                "The column '\(leaf.path.joined(separator: "."))' is neither text nor numbers in floating point."
            )
        }
        guard chunk.codec == 0 || chunk.codec == 1 else {
            let names = [2: "gzip", 3: "LZO", 4: "Brotli", 5: "LZ4", 6: "Zstandard", 7: "LZ4"]
            throw .unsupported(
                "The file is compressed with \(names[chunk.codec] ?? "an unknown codec"). Write it with Snappy or "
                    + "uncompressed (Spark: .option(\"compression\", \"snappy\"))."
            )
        }
        rest = bytes[...]
        self.leaf = leaf
        self.kind = kind
        codec = chunk.codec
        self.rowCount = rowCount
        valuesLeft = chunk.valueCount
    }

    /// The next page of data; `nil` after the last.
    mutating func next() throws(ParquetFault) -> Page? {
        while valuesLeft > 0 {
            guard !rest.isEmpty else { throw .damaged("a column ends early") }
            var reader = ThriftReader(rest)
            let header = try ParquetPageHeader(&reader)
            guard header.storedSize <= reader.rest.count, header.size <= Self.maximumSize,
                header.valueCount <= min(Self.maximumCount, rowCount + Self.elementsPerByte * header.size)
            else { throw .damaged("a page has an impossible size") }
            let body = reader.rest.prefix(header.storedSize)
            rest = rest[body.endIndex...]
            guard let type = header.kind else { continue }
            if type == .dictionary {
                guard dictionary == nil, header.encoding == 0 || header.encoding == 2 else {
                    throw .damaged("a column has a dictionary of no known kind")
                }
                let content = try decompress(body, header.size)
                dictionary = try ParquetValues(plain: content[...], kind: kind, count: header.valueCount)
                continue
            }
            guard header.valueCount <= valuesLeft else { throw .damaged("a column has more values than stated") }
            valuesLeft -= header.valueCount
            return type == .data ? try page(body, header) : try pageOfVersion2(body, header)
        }
        return nil
    }

    private func page(_ body: ArraySlice<UInt8>, _ header: ParquetPageHeader) throws(ParquetFault) -> Page {
        var content = try decompress(body, header.size)[...]
        func levels(_ maximum: Int, _ encoding: Int) throws(ParquetFault) -> [UInt32] {
            guard maximum > 0 else { return [] }
            guard encoding == ParquetPageHeader.runs else {
                throw .unsupported("The levels of a page are stored as in Parquet before 2.0. Write the file anew.")
            }
            guard let size = content.takeNumber(bytes: 4), size <= content.count else {
                throw .damaged("the levels of a page end early")
            }
            defer { content.removeFirst(size) }
            return try self.levels(content.prefix(size), maximum, header.valueCount)
        }
        let repetition = try levels(leaf.maximumRepetition, header.repetitionEncoding)
        let definition = try levels(leaf.maximumDefinition, header.definitionEncoding)
        return try page(content, header, repetition, definition)
    }

    private func pageOfVersion2(
        _ body: ArraySlice<UInt8>,
        _ header: ParquetPageHeader
    ) throws(ParquetFault) -> Page {
        let size = header.repetitionSize + header.definitionSize
        guard size <= body.count, size <= header.size else { throw .damaged("the levels of a page end early") }
        let repetition = body.prefix(header.repetitionSize)
        let definition = body[repetition.endIndex...].prefix(header.definitionSize)
        let stored = body[definition.endIndex...]
        let content = header.isCompressed ? try decompress(stored, header.size - size)[...] : stored
        return try page(
            content,
            header,
            leaf.maximumRepetition > 0 ? levels(repetition, leaf.maximumRepetition, header.valueCount) : [],
            leaf.maximumDefinition > 0 ? levels(definition, leaf.maximumDefinition, header.valueCount) : []
        )
    }

    private func page(
        _ content: ArraySlice<UInt8>,
        _ header: ParquetPageHeader,
        _ repetition: [UInt32],
        _ definition: [UInt32]
    ) throws(ParquetFault) -> Page {
        let maximum = UInt32(leaf.maximumDefinition)
        let count = maximum == 0 ? header.valueCount : definition.count { $0 == maximum }
        let values: ParquetValues
        switch header.encoding {
        case 0: values = try ParquetValues(plain: content, kind: kind, count: count)
        case 2, 8:
            guard let dictionary else { throw .damaged("a page has no dictionary") }
            guard let width = content.first else {
                guard count == 0 else { throw .damaged("the values of a page end early") }
                values = try dictionary.values(at: [])
                break
            }
            values = try dictionary.values(
                at: HybridDecoder.numbers(content.dropFirst(), width: Int(width), count: count)
            )
        default:
            throw .unsupported(
                "The column '\(leaf.path.joined(separator: "."))' has an encoding that only newer writers use (number "
                    + "\(header.encoding)). Write the file in version 1 of the format (Spark: "
                    + "parquet.writer.version=v1)."
            )
        }
        return Page(count: header.valueCount, repetition: repetition, definition: definition, values: values)
    }

    private func levels(
        _ bytes: ArraySlice<UInt8>,
        _ maximum: Int,
        _ count: Int
    ) throws(ParquetFault) -> [UInt32] {
        let width = Int.bitWidth - maximum.leadingZeroBitCount
        let levels = try HybridDecoder.numbers(bytes, width: width, count: count)
        guard levels.allSatisfy({ $0 <= UInt32(maximum) }) else { throw .damaged("a level is too great") }
        return levels
    }

    private func decompress(_ bytes: ArraySlice<UInt8>, _ size: Int) throws(ParquetFault) -> [UInt8] {
        if codec == 1 { return try Snappy.decompress(bytes, size: size) }
        guard bytes.count == size else { throw .damaged("a page has another size than stated") }
        return Array(bytes)
    }
}
