internal import RecCore
internal import RecFiles

extension OneHotKind: BlockCoding {
    static let number: UInt8 = 1
    static let productNumber: UInt8 = 2

    func write(to writer: inout ByteWriter) { writer.write(space) }

    func sectionCount(version: UInt32) -> Int { 1 }

    func add(_ block: OneHotBlock, _ number: Int, to file: inout IndexFileWriter) {
        file.add(.codes, number) {
            $0.write(UInt64(block.patterns.count))
            $0.write(contentsOf: block.patterns.map { UInt32($0.columns.count) })
            for pattern in block.patterns { $0.write(contentsOf: pattern.columns) }
            $0.write(block.patternOfRow)
        }
    }

    func read(_ number: Int, of file: IndexFileReader) throws -> OneHotBlock {
        try file.parse(.codes, number) { reader in
            let count = try reader.readCount(ofSize: 4)
            let lengths = try reader.readArray(of: UInt32.self, count: count)
            let patterns = try lengths.map { length in
                try AttributeCodes(columns: try reader.readArray(of: UInt32.self, count: Int(length)), space: space)
            }
            let patternOfRow = try reader.readNumbers(of: UInt32.self, count: file.productCount)
            let isConsistent = patternOfRow.withSpan { patterns in
                var isConsistent = true
                for row in patterns.indices where patterns[row] >= count && patterns[row] != RowGroups.missing {
                    isConsistent = false
                }
                return isConsistent
            }
            guard isConsistent else { throw FileDamage.corrupt("the codes of a product") }
            return OneHotBlock(space: space, patterns: patterns, patternOfRow: patternOfRow)
        }
    }

    func write(_ block: Embedding.Block, to writer: inout ByteWriter) {
        guard let codes = block.codes else { preconditionFailure("products have no mixtures") }
        writer.write(UInt32(codes.columns.count))
        writer.write(contentsOf: codes.columns)
    }

    func readBlock(_ reader: inout ByteReader) throws -> Embedding.Block {
        let count = Int(try reader.read(UInt32.self))
        let columns = try reader.readArray(of: UInt32.self, count: count)
        return Embedding.Block(try AttributeCodes(columns: columns, space: space))
    }
}
