internal import RecCore
internal import RecFiles

/// Makes one segment of the products that count in several, the same as if they were added to a builder.
struct SegmentMerge {
    private let space: EmbeddingSpace
    private let sources: [Segment]

    /// Where each row of the result comes from, ascending by identifier.
    private let places: [FloatRows.Place]

    /// - Precondition: A product counts in one part only, and every part has this space.
    init(_ parts: [IndexPart], space: EmbeddingSpace) {
        self.space = space
        let segments = parts.map(\.segment)
        sources = segments
        var runs = parts.enumerated().map { source, part in
            (0..<part.segment.count).filter { part.isLive($0) }.map {
                FloatRows.Place(source: source, row: $0)
            }
        }
        // Neighbours are merged until one run is left, so a row moves log(number of parts) times.
        while runs.count > 1 {
            runs = stride(from: 0, to: runs.count, by: 2).map { position in
                position + 1 < runs.count ? Self.merged(runs[position], runs[position + 1], segments) : runs[position]
            }
        }
        places = runs.first ?? []
    }

    /// The number of products of the result.
    var count: Int { places.count }

    /// Makes the segment in memory.
    ///
    /// - Throws: `RecError` with code `corrupt` when a part comes from a file that turns out to be damaged.
    func segment() throws(RecError) -> Segment {
        try segment { places, sources, dimension in
            FloatRows(gathering: places, of: sources, dimension: dimension)
        }
    }

    /// Makes the segment; large vectors are stored in an unnamed file.
    ///
    /// - Parameters:
    ///   - path: The temporary path of that file.
    ///   - limit: The bytes of vectors that may be in memory.
    /// - Returns: The segment.
    /// - Throws: `RecError` with code `unwritable`, or `corrupt` when a part turns out to be damaged.
    func segment(spillingTo path: String, above limit: Int) throws(RecError) -> Segment {
        try segment { places, sources, dimension throws(RecError) in
            guard places.count * dimension * 4 > limit else {
                return FloatRows(gathering: places, of: sources, dimension: dimension)
            }
            do throws(FileError) {
                return try FloatRows(gathering: places, of: sources, dimension: dimension, spillingTo: path)
            } catch {
                throw RecError(error, writing: true)
            }
        }
    }

    /// Codes of the merged segment in the directions of others, or `nil` when codes cannot stand for it.
    ///
    /// - Throws: `RecError` with code `corrupt` when a part comes from a file that turns out to be damaged.
    func codes(of merged: Segment, like model: ProductCodes) throws(RecError) -> ProductCodes? {
        guard let block = QuantizedBlock.vectors(of: merged.embeddings)?.block else { return nil }
        let known = sources.map { $0.codes?.codes }
        for case let codes? in known where codes.origin === model.origin { try codes.check(0..<codes.slots) }
        return ProductCodes.gathered(
            block.rows,
            isPresent: block.isPresent,
            places: places,
            sources: known,
            like: model
        )
    }

    private func segment(gather: RowGathering) throws(RecError) -> Segment {
        var blocks: [any StoredBlock] = []
        for (position, block) in space.blocks.enumerated() {
            blocks.append(try block.kind.stored.gathered(places, ofBlocks: sources.map { $0.blocks[position] }, gather))
        }
        return Segment(space: space, notes: [:], products: products, blocks: blocks)
    }

    private var products: ProductTable {
        var ids = StringTable.Builder()
        for place in places { ids.append(place.row, of: sources[place.source].products.ids) }
        let names = Set(sources.flatMap { $0.products.columns.map(\.name) })
        return ProductTable(
            ids: ids.table,
            titles: merged(sources.map(\.products.titles)),
            pictures: merged(sources.map(\.products.pictures)),
            columns: names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap(mergedColumn)
        )
    }

    private func merged(_ strings: [OptionalStrings]) -> OptionalStrings {
        var table = StringTable.Builder()
        for place in places { table.append(place.row, of: strings[place.source].table) }
        return OptionalStrings(
            table: table.table,
            isPresent: NumberArray(places.map { strings[$0.source].isPresent[$0.row] })
        )
    }

    /// The column of an attribute with the values that are left; `nil` when none is.
    private func mergedColumn(_ name: String) -> AttributeColumn? {
        let columns = sources.map { source in source.products.columns.first { $0.name == name } }
        var isUsed = columns.map { [Bool](repeating: false, count: $0?.dictionary.count ?? 0) }
        for place in places {
            for code in columns[place.source]?.codes(of: place.row) ?? [] { isUsed[place.source][Int(code)] = true }
        }
        let tables = columns.map { $0?.dictionary ?? StringTable([]) }
        let used = isUsed.enumerated().flatMap { source, flags in
            flags.indices.filter { flags[$0] }.map { FloatRows.Place(source: source, row: $0) }
        }.sorted { tables[$0.source].precedes($0.row, tables[$1.source], $1.row) }
        guard !used.isEmpty else { return nil }
        var dictionary = StringTable.Builder()
        var codes = isUsed.map { [UInt32](repeating: 0, count: $0.count) }
        for (position, value) in used.enumerated() {
            let isNew =
                position == 0
                || tables[used[position - 1].source].precedes(
                    used[position - 1].row,
                    tables[value.source],
                    value.row
                )
            if isNew { dictionary.append(value.row, of: tables[value.source]) }
            codes[value.source][value.row] = UInt32(dictionary.count - 1)
        }
        var ends: [UInt32] = []
        var values: [UInt32] = []
        for place in places {
            for code in columns[place.source]?.codes(of: place.row) ?? [] {
                values.append(codes[place.source][Int(code)])
            }
            ends.append(UInt32(values.count))
        }
        return AttributeColumn(
            name: name,
            dictionary: dictionary.table,
            ends: NumberArray(ends),
            codes: NumberArray(values)
        )
    }

    private static func merged(
        _ left: [FloatRows.Place],
        _ right: [FloatRows.Place],
        _ sources: [Segment]
    ) -> [FloatRows.Place] {
        var result: [FloatRows.Place] = []
        result.reserveCapacity(left.count + right.count)
        var (first, second) = (0, 0)
        while first < left.count, second < right.count {
            let (one, other) = (left[first], right[second])
            let ids = sources[one.source].products.ids
            if ids.precedes(one.row, sources[other.source].products.ids, other.row) {
                result.append(one)
                first += 1
            } else {
                result.append(other)
                second += 1
            }
        }
        return result + left[first...] + right[second...]
    }
}
