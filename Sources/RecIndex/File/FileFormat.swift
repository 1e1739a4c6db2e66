/// The constants of the index file; `Docs/FileFormat.md` describes it.
enum FileFormat {
    /// The first bytes of every index file.
    ///
    /// The byte above 127 and the line feed show damage by text tools.
    static let magic: [UInt8] = [0x89] + Array("RECIDX\n".utf8)

    /// The version of a file without a graph, and of one with a graph.
    static let version: UInt32 = 2
    static let graphVersion: UInt32 = 4

    /// The version of a file with a graph whose codes take a byte each, which is only read.
    static let byteGraphVersion: UInt32 = 3

    /// The versions that this package reads.
    static let versions: ClosedRange<UInt32> = 1...4

    /// The size of the header, and the alignment of every section.
    static let alignment = 64

    /// The largest dimension of a dense block that a reader accepts.
    static let maximumDimension = 1 << 24

    /// The most chunks of codes that a reader accepts.
    static let mostChunks = 64

    /// The size of one entry of the section table.
    static let entrySize = 32

    /// The number of bytes up to the next multiple of ``alignment``.
    static func padding(after count: Int) -> Int {
        (alignment - count % alignment) % alignment
    }
}

/// The content of a section.
enum SectionKind: UInt32 {
    /// The embedding space with its recipes.
    case space = 1
    /// The identifiers, ascending.
    case ids
    /// The titles.
    case titles
    /// The paths of the pictures.
    case pictures
    /// One attribute; the section's number is its position.
    case attribute
    /// The floats of a dense block; the section's number is the position of the block.
    case rows
    /// Which products have a dense block.
    case presence
    /// The codes of a one-hot block.
    case codes
    /// The host's notes.
    case notes
    /// The values of an attribute; the section's number is its position.
    case values
    /// The checksum of each row of a dense block; the section's number is the position of the block.
    case rowChecksums
    /// The directions of the codes of a dense block; the section's number is the position of the block, here and below.
    case codeDirections
    /// The lists of the codes.
    case codeLists
    /// The head codes.
    case headCodes
    /// The data of each slot besides its codes.
    case codeSlots
    /// The middle codes.
    case middleCodes
    /// The norms outside the middle's chunks.
    case middleTails
    /// The checksums of the middle codes and tails of each slot.
    case middleChecksums
    /// The directions of the graph of a dense block; the section's number is the position of the block, here and below.
    case graphDirections
    /// The row of each node.
    case graphRows
    /// The record of each node.
    case graphRecords
    /// The nodes that each node leads to.
    case graphNeighbours
}

/// One entry of the section table.
struct Section {
    let kind: SectionKind
    let number: Int
    let range: Range<Int>
    let checksum: UInt32
}
