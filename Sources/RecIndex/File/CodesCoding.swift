internal import RecCore
internal import RecFiles

extension IndexFileReader {
    /// The codes of a dense block, or `nil` when the file has none.
    func readCodes(_ number: Int, _ dense: DenseBlock) throws -> ProductCodes? {
        guard has(.codeDirections, number) else { return nil }
        let bad = FileDamage.corrupt("the codes of block \(number) are not consistent")
        var arrays = CodeArrays()
        var (shape, headNorm) = try parse(.codeDirections, number) { reader in
            let headChunks = Int(try reader.read(UInt32.self))
            let chunks = Int(try reader.read(UInt32.self))
            let headNorm = Float(bitPattern: try reader.read(UInt32.self))
            guard headChunks > 0, headChunks <= chunks, chunks <= FileFormat.mostChunks else { throw bad }
            let shape = CodeShape(dimension: dense.rows.dimension, headChunks: headChunks, chunks: chunks)
            try reader.read(.directions, of: &arrays, shape)
            return (shape, headNorm)
        }
        try parse(.codeLists, number) { reader in
            shape.lists = Int(try reader.read(UInt32.self))
            try reader.read(.lists, of: &arrays, shape)
        }
        shape.slots = Int(arrays.starts[shape.lists]) * CodeShape.lanes
        try parse(.codeSlots, number) { try $0.read(.slots, of: &arrays, shape) }
        try parse(.headCodes, number) { try $0.read(.head, of: &arrays, shape) }
        try readUnchecked(.middle, .middleCodes, number, of: &arrays, shape)
        try readUnchecked(.middleTails, .middleTails, number, of: &arrays, shape)
        var codes = ProductCodes(shape, arrays, headNorm: headNorm)
        let checksums = try parse(.middleChecksums, number) { try $0.readNumbers(of: UInt32.self, count: shape.slots) }
        codes.checks = FirstUseChecks(path: path, checksums: checksums)
        guard codes.isConsistent(isPresent: dense.isPresent) else { throw bad }
        if !checksLater { try codes.check(0..<shape.slots) }
        return codes
    }

    /// Finds the numbers of a part that are checked when they are used.
    private func readUnchecked(
        _ part: CodePart,
        _ kind: SectionKind,
        _ number: Int,
        of arrays: inout CodeArrays,
        _ shape: CodeShape
    ) throws {
        func read(_ field: some CodeField) throws {
            let count = field.count(in: shape)
            arrays[keyPath: field.path] = try readUnchecked(kind, number, like: .middleChecksums, count: count)
        }
        for field in CodeArrays.fields(of: part) { try read(field) }
    }
}

extension IndexFileWriter {
    /// Adds the codes of a dense block.
    mutating func add(_ codes: ProductCodes, _ number: Int) {
        add(.codeDirections, number) {
            $0.write(UInt32(codes.headChunks))
            $0.write(UInt32(codes.chunks))
            $0.write(codes.headNorm.bitPattern)
            $0.write(.directions, of: codes.arrays)
        }
        add(.codeLists, number) {
            $0.write(UInt32(codes.lists))
            $0.write(.lists, of: codes.arrays)
        }
        add(.codeSlots, number) { $0.write(.slots, of: codes.arrays) }
        let checksums = (0..<codes.slots).map { codes.middleChecksum(of: $0) }
        let checksum = add(.middleChecksums, number) { $0.write(contentsOf: checksums) }
        add(.head, .headCodes, number, of: codes.arrays)
        add(.middle, .middleCodes, number, of: codes.arrays, checksum: checksum)
        add(.middleTails, .middleTails, number, of: codes.arrays, checksum: checksum)
    }

    /// Adds a part as a section of its own.
    private mutating func add(
        _ part: CodePart,
        _ kind: SectionKind,
        _ number: Int,
        of arrays: CodeArrays,
        checksum: UInt32? = nil
    ) {
        func add(_ field: some CodeField, _ writer: inout IndexFileWriter) {
            writer.add(kind, number, arrays[keyPath: field.path], checksum: checksum)
        }
        for field in CodeArrays.fields(of: part) { add(field, &self) }
    }
}

extension ByteReader {
    /// Reads the arrays of a part.
    fileprivate mutating func read(_ part: CodePart, of arrays: inout CodeArrays, _ shape: CodeShape) throws {
        func read(_ field: some CodeField, _ reader: inout ByteReader, _ arrays: inout CodeArrays) throws {
            try reader.read(field, of: &arrays, shape)
        }
        for field in CodeArrays.fields(of: part) { try read(field, &self, &arrays) }
    }

    private mutating func read<Field: CodeField>(
        _ field: Field,
        of arrays: inout CodeArrays,
        _ shape: CodeShape
    ) throws {
        arrays[keyPath: field.path] = try readNumbers(of: Field.Number.self, count: field.count(in: shape))
    }
}

extension ByteWriter {
    /// Writes the arrays of a part.
    fileprivate mutating func write(_ part: CodePart, of arrays: CodeArrays) {
        func write(_ field: some CodeField, _ writer: inout ByteWriter) { writer.write(arrays[keyPath: field.path]) }
        for field in CodeArrays.fields(of: part) { write(field, &self) }
    }
}

extension ProductCodes {
    /// Whether lists and slots fit together, so that nothing outside them is ever looked at, and every row that has the
    /// block is in one slot.
    fileprivate func isConsistent(isPresent: NumberArray<UInt8>) -> Bool {
        arrays.starts.withSpan { starts in
            var last: UInt32 = 0
            for list in starts.indices {
                guard starts[list] >= last else { return false }
                last = starts[list]
            }
            return starts[0] == 0
        }
            && arrays.rows.withSpan { rows in
                arrays.used.withSpan { used in
                    var isMissing = isPresent.array(0..<isPresent.count)
                    for slot in rows.indices {
                        let isUsed = used[slot / CodeShape.lanes] >> UInt16(slot % CodeShape.lanes) & 1 == 1
                        guard isUsed else {
                            if rows[slot] == Self.noRow { continue }
                            return false
                        }
                        guard rows[slot] < isMissing.count, isMissing[Int(rows[slot])] == 1 else { return false }
                        isMissing[Int(rows[slot])] = 0
                    }
                    return !isMissing.contains(1)
                }
            }
    }
}
