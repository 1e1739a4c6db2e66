internal import RecCore
internal import RecFiles

extension DenseKind: BlockCoding {
    static let number: UInt8 = 0
    static let productNumber: UInt8 = 1

    func write(to writer: inout ByteWriter) {
        writer.write(UInt64(dimension))
        writer.write(recipe)
    }

    func sectionCount(version: UInt32) -> Int { version == 1 ? 2 : 3 }

    func add(_ block: DenseBlock, _ number: Int, to file: inout IndexFileWriter) throws(RecError) {
        let rows = block.rows
        try block.check(0..<rows.rowCount)
        file.add(.presence, number) { $0.write(block.isPresent) }
        let checksums = (0..<rows.rowCount).map { row in rows.withBytes(row..<row + 1) { CRC32C.of($0) } }
        let checksum = file.add(.rowChecksums, number) { $0.write(contentsOf: checksums) }
        file.add(.rows, number, rows, checksum: checksum)
    }

    func read(_ number: Int, of file: IndexFileReader) throws -> DenseBlock {
        let count = file.productCount
        let isPresent = try file.parse(.presence, number) { try $0.readFlags(count: count) }
        let (rows, checksum) = try file.rows(number, dimension: dimension)
        guard file.version > 1 else {
            let block = DenseBlock(recipe: recipe, rows: rows, isPresent: isPresent)
            try Self.check(block, number, checksum)
            return block
        }
        let checksums = try file.parse(.rowChecksums, number) { try $0.readNumbers(of: UInt32.self, count: count) }
        guard try file.checksum(of: .rowChecksums, number) == checksum else {
            throw FileDamage.corrupt("the checksum of a section is wrong (rows \(number))")
        }
        let checks = FirstUseChecks(path: file.path, checksums: checksums)
        let block = DenseBlock(recipe: recipe, rows: rows, isPresent: isPresent, checks: checks)
        if !file.checksLater { try block.check(0..<rows.rowCount) }
        return block
    }

    func write(_ block: Embedding.Block, to writer: inout ByteWriter) {
        guard let vector = block.vector else { preconditionFailure("a block of the kind") }
        writer.write(contentsOf: vector.components)
    }

    func readBlock(_ reader: inout ByteReader) throws -> Embedding.Block {
        let components = try reader.readArray(of: Float.self, count: dimension)
        guard let vector = DenseVector(stored: components, recipe: recipe) else {
            throw FileDamage.corrupt("a vector has not the length 1")
        }
        return Embedding.Block(vector)
    }

    /// Checks the vectors of version 1, which has one checksum for all, piece by piece, while each is in the cache.
    private static func check(_ block: DenseBlock, _ number: Int, _ expected: UInt32) throws {
        let rows = block.rows
        var checksum = CRC32C()
        var hasGoodLengths = true
        let step = max(1, (1 << 18) / max(rows.dimension * 4, 1))
        for start in stride(from: 0, to: rows.rowCount, by: step) {
            let range = start..<min(start + step, rows.rowCount)
            rows.withBytes(range) { checksum.update($0) }
            if !range.allSatisfy(block.hasRightLength) { hasGoodLengths = false }
        }
        guard checksum.value == expected else {
            throw FileDamage.corrupt("the checksum of a section is wrong (rows \(number))")
        }
        guard hasGoodLengths else { throw FileDamage.corrupt("a vector has not the length 1") }
    }
}
