internal import RecCore
internal import RecFiles

/// The coding of a kind of blocks in index files and in the log of a live index.
protocol BlockCoding: BlockKind {
    /// The number that stands for the kind where an index file describes its space.
    static var number: UInt8 { get }

    /// The number that stands for a product's block of the kind in the log; 0 stands for a block that is missing.
    static var productNumber: UInt8 { get }

    /// Writes the description of a block in a space, without its name and ``number``.
    func write(to writer: inout ByteWriter)

    /// The number of sections of a block in a file of a version.
    func sectionCount(version: UInt32) -> Int

    /// Adds the sections of a block.
    ///
    /// - Throws: `RecError` with code `corrupt` when the block comes from a file that turns out to be damaged.
    func add(_ block: Stored, _ number: Int, to file: inout IndexFileWriter) throws(RecError)

    /// Reads the sections of a block.
    ///
    /// - Throws: ``FileDamage``, or the errors of the values when a rule of theirs is broken.
    func read(_ number: Int, of file: IndexFileReader) throws -> Stored

    /// Writes the block of one product.
    ///
    /// - Precondition: The block is of this kind, and no query's.
    func write(_ block: Embedding.Block, to writer: inout ByteWriter)

    /// Reads the block of one product.
    ///
    /// - Throws: ``FileDamage``, or the errors of the values when a rule of theirs is broken.
    func readBlock(_ reader: inout ByteReader) throws -> Embedding.Block
}

extension BlockCoding {
    /// Adds the sections of a block.
    ///
    /// - Precondition: The block is of this kind.
    func add(_ number: Int, ofBlocks blocks: [any StoredBlock], to file: inout IndexFileWriter) throws(RecError) {
        guard let block = blocks[number] as? Stored else { preconditionFailure("a block of the kind") }
        try add(block, number, to: &file)
    }
}
