internal import RecCompute
internal import RecFiles

/// The rows that have a block, to take some of them evenly.
struct RowSample: Sendable {
    let rows: FloatRows
    /// The rows that have the block.
    let present: [UInt32]

    /// Rows that directions are found from.
    private static let sampleRows = 8192

    init(_ rows: FloatRows, _ isPresent: NumberArray<UInt8>) {
        self.rows = rows
        present = isPresent.withSpan { flags in
            flags.indices.filter { flags[$0] == 1 }.map { UInt32($0) }
        }
    }

    /// The principal directions of a sample.
    func principalDirections(count: Int, team: ThreadTeam) -> PrincipalDirections {
        let sampled = min(present.count, Self.sampleRows)
        let dimension = rows.dimension
        let sample = SharedNumbers<Float>(repeating: 0, count: (sampled + 7) / 8 * 8 * dimension)
        gather(0..<sampled, of: sampled, into: sample)
        return PrincipalDirections(
            sample: sample,
            rowCount: sampled,
            dimension: dimension,
            count: count,
            team: team
        )
    }

    /// Copies a range of `count` evenly spaced rows, all of them by default.
    func gather(_ range: Range<Int>, of count: Int? = nil, into target: SharedNumbers<Float>, from first: Int = 0) {
        let count = count ?? present.count
        let dimension = rows.dimension
        target.write(first * dimension..<(first + range.count) * dimension) { target in
            for place in 0..<range.count {
                let row = Int(present[(range.lowerBound + place) * present.count / count])
                rows.withRows(row..<row + 1) { row in
                    for position in 0..<dimension { target[place * dimension + position] = row[position] }
                }
            }
        }
    }
}
