internal import RecCompute
internal import RecFiles

/// The rows of a dense block in the principal directions of a sample, piece by piece.
final class RowProjection {
    /// Rows of a piece.
    static let piece = 128
    /// Floats that are kept rather than computed twice: 128 MB.
    private static let mostKept = 1 << 25
    /// Pieces between two reports of progress.
    private static let batch = 128

    let rows: FloatRows
    let isPresent: NumberArray<UInt8>
    let team: ThreadTeam
    let directions: CodeDirections
    /// Numbers of a projected row: all chunks.
    let count: Int

    private let projections: SharedNumbers<Float>
    private let isKept: Bool
    private let sample: RowSample

    init(rows: FloatRows, isPresent: NumberArray<UInt8>, chunks: Int, team: ThreadTeam) {
        self.rows = rows
        self.isPresent = isPresent
        self.team = team
        count = chunks * CodeShape.chunk
        sample = RowSample(rows, isPresent)
        let principal = sample.principalDirections(count: count, team: team)
        directions = CodeDirections(principal, count: count)
        isKept = rows.rowCount <= Self.mostKept / count
        projections = SharedNumbers(repeating: 0, count: (isKept ? rows.rowCount : team.count * Self.piece) * count)
    }

    /// Calls `body` on the team with each piece of the rows and the number of the thread.
    func forEachPiece(
        progress: ((Double) throws -> Void)?,
        _ body: (Range<Int>, Int) -> Void
    ) throws {
        let pieces = (rows.rowCount + Self.piece - 1) / Self.piece
        for first in stride(from: 0, to: pieces, by: Self.batch) {
            team.run(units: min(Self.batch, pieces - first)) { unit, participant in
                let start = (first + unit) * Self.piece
                body(start..<min(start + Self.piece, rows.rowCount), participant)
            }
            try progress?(Double(min(first + Self.batch, pieces)) / Double(pieces))
        }
    }

    /// Lends a piece of the projected rows, `[piece][count]`.
    ///
    /// - Parameters:
    ///   - range: A piece.
    ///   - participant: The number of the thread.
    ///   - isFirst: Whether the piece has not been asked for yet.
    ///   - body: Reads them.
    func withProjections(
        of range: Range<Int>,
        participant: Int,
        isFirst: Bool,
        _ body: (Span<Float>) -> Void
    ) {
        let start = isKept ? range.lowerBound * count : participant * Self.piece * count
        let part = start..<start + range.count * count
        if isFirst || !isKept {
            projections.write(part) { projections in
                rows.withRows(range) { directions.product.multiply($0, count: range.count, into: &projections) }
            }
        }
        projections.read(part, body)
    }

    /// The first `headCount` numbers of some rows, evenly spaced among those that have the block.
    func sampleHeads(count sampled: Int, headCount: Int) -> (heads: SharedNumbers<Float>, count: Int) {
        let sampled = min(sampled, sample.present.count)
        let heads = SharedNumbers<Float>(repeating: 0, count: sampled * headCount)
        guard sampled > 0 else { return (heads, 0) }
        let dimension = rows.dimension
        let gathered = SharedNumbers<Float>(repeating: 0, count: team.count * Self.piece * dimension)
        let projected = SharedNumbers<Float>(repeating: 0, count: team.count * Self.piece * count)
        team.run(units: (sampled + Self.piece - 1) / Self.piece) { unit, participant in
            let range = unit * Self.piece..<min((unit + 1) * Self.piece, sampled)
            let first = participant * Self.piece
            let own = first * dimension..<(first + range.count) * dimension
            sample.gather(range, of: sampled, into: gathered, from: first)
            projected.write(first * count..<(first + range.count) * count) { projected in
                gathered.read(own) { directions.product.multiply($0, count: range.count, into: &projected) }
                heads.write(range.lowerBound * headCount..<range.upperBound * headCount) { heads in
                    for row in 0..<range.count {
                        for place in 0..<headCount { heads[row * headCount + place] = projected[row * count + place] }
                    }
                }
            }
        }
        return (heads, sampled)
    }
}
