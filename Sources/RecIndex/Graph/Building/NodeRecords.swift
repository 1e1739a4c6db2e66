internal import RecCompute
internal import RecFiles

/// The records of rows, in any order of them, and finer codes, which only the building of a graph uses.
struct NodeRecords {
    let shape: GraphShape
    /// The records, `[place][recordSize]`.
    let records: SharedNumbers<UInt8>
    /// The codes of queries that stand for nodes, `[place][codeSize]`, and what a code of 1 stands for.
    let codes: SharedNumbers<Int8>
    let step: Float

    /// Codes of a query.
    var codeSize: Int { 2 * shape.recordSize }

    /// Rows of a piece.
    private static let piece = 128
    /// Standard deviations that codes reach to.
    private static let reach: Double = 5

    /// Encodes the rows that have the block; the place of each is its place among them.
    ///
    /// - Throws: The errors of `progress`, which gets the share that is done.
    init(
        _ sample: RowSample,
        _ directions: NodeDirections,
        team: ThreadTeam,
        progress: ((Double) throws -> Void)?
    ) throws {
        shape = directions.shape
        let (shape, count) = (directions.shape, sample.present.count)
        records = SharedNumbers(repeating: 0, count: count * shape.recordSize)
        codes = SharedNumbers(repeating: 0, count: 2 * count * shape.recordSize)
        let dimension = shape.dimension
        let gathered = SharedNumbers<Float>(repeating: 0, count: team.count * Self.piece * dimension)
        let projected = SharedNumbers<Float>(repeating: 0, count: team.count * Self.piece * directions.pitch)

        func project(_ range: Range<Int>, _ participant: Int, _ body: (Span<Float>) -> Void) {
            let own = participant * Self.piece
            sample.gather(range, into: gathered, from: own)
            gathered.read(own * dimension..<(own + range.count) * dimension) { rows in
                let part = own * directions.pitch..<(own + range.count) * directions.pitch
                projected.write(part) { directions.project(rows, count: range.count, into: &$0) }
                projected.read(part, body)
            }
        }

        // The greatest variance of a direction; there may be fewer directions of any than codes.
        var squares = [Double](repeating: 0, count: shape.codeCount)
        let first = 0..<min(count, Self.piece)
        project(first, 0) { values in
            for row in 0..<first.count {
                for place in 0..<shape.codeCount {
                    let value = Double(values[row * directions.pitch + place])
                    squares[place] += value * value
                }
            }
        }
        let deviation = ((squares.max() ?? 0) / Double(max(first.count, 1))).squareRoot()
        let step = max(Float(Self.reach * deviation / 127), 1e-30)
        self.step = step

        let (records, codes, codeSize) = (records, codes, 2 * shape.recordSize)
        let places = (0..<shape.codeCount).map { shape.place(of: $0) }
        let pieces = (count + Self.piece - 1) / Self.piece
        let batch = 128
        for start in stride(from: 0, to: pieces, by: batch) {
            team.run(units: min(batch, pieces - start)) { unit, participant in
                let range = (start + unit) * Self.piece..<min((start + unit + 1) * Self.piece, count)
                project(range, participant) { values in
                    codes.write(range.lowerBound * codeSize..<range.upperBound * codeSize) { target in
                        for row in 0..<range.count {
                            for (code, place) in places.enumerated() {
                                let value = values[row * directions.pitch + code]
                                target[row * codeSize + place] = Int8(min(max((value / step).rounded(), -127), 127))
                            }
                        }
                    }
                    records.write(range.lowerBound * shape.recordSize..<range.upperBound * shape.recordSize) { target in
                        for row in 0..<range.count {
                            let from = row * directions.pitch
                            let place = row * shape.recordSize
                            let factor = FourBitCodes.encode(
                                shape.codeCount,
                                into: &target,
                                at: place,
                                place: { places[$0] }
                            ) {
                                values[from + $0]
                            }
                            // |x - mean|^2 for a vector of length 1, less what the components hold of it.
                            let offset = values[from + shape.codeCount]
                            var outside = 1 - 2 * Double(offset) + directions.meanSquare
                            for code in 0..<shape.codeCount {
                                outside -= Double(values[from + code]) * Double(values[from + code])
                            }
                            let tail = Float(max(outside, 0).squareRoot())
                            NodeNumbers(offset: offset, tail: tail, factor: factor)
                                .put(behind: place + shape.recordSize, &target)
                        }
                    }
                }
            }
            try progress?(Double(min(start + batch, pieces)) / Double(pieces))
        }
    }
}
