internal import RecCompute
internal import RecFiles

/// Which slot each row gets, and how great its numbers are in each chunk: what a first pass over all rows finds out.
struct ListAssignment {
    /// The first block of each list, and the end of the last.
    let starts: [UInt32]
    /// The slot of each row; ``ProductCodes/noRow`` for those that lack the block.
    let slots: SharedNumbers<UInt32>
    /// The greatest absolute value in each chunk.
    let greatest: [Float]

    /// The number of slots.
    var slotCount: Int { Int(starts.last ?? 0) * CodeShape.lanes }

    /// Rows ascend within a list.
    init(
        _ projection: RowProjection,
        settings: CodeSettings,
        progress: ((Double) throws -> Void)?
    ) throws {
        let team = projection.team
        let headCount = settings.headChunks * CodeShape.chunk
        let sample = projection.sampleHeads(count: settings.lists * KMeans.samplesPerCenter, headCount: headCount)
        let means = KMeans(
            sample.heads,
            pointCount: sample.count,
            dimension: headCount,
            count: settings.lists,
            team: team
        )
        let scores = means.scores()
        let slots = SharedNumbers<UInt32>(repeating: ProductCodes.noRow, count: projection.rows.rowCount)
        let scratch = SharedNumbers<Float>(repeating: 0, count: team.count * RowProjection.piece * scores.pitch)
        let maxima = SharedNumbers<Float>(repeating: 0, count: team.count * settings.chunks)
        try projection.forEachPiece(progress: progress) { range, participant in
            let own = participant * RowProjection.piece * scores.pitch
            projection.withProjections(of: range, participant: participant, isFirst: true) { values in
                scratch.write(own..<own + RowProjection.piece * scores.pitch) { found in
                    scores.multiply(values, count: range.count, rowPitch: projection.count, into: &found)
                    slots.write(range) { slots in
                        for row in 0..<range.count where projection.isPresent[range.lowerBound + row] == 1 {
                            let start = row * scores.pitch
                            slots[row] = KMeans.nearest(in: found.span.extracting(start..<start + settings.lists))
                        }
                    }
                }
                maxima.write(participant * settings.chunks..<(participant + 1) * settings.chunks) { maxima in
                    for row in 0..<range.count where projection.isPresent[range.lowerBound + row] == 1 {
                        Self.raise(
                            &maxima,
                            row: values.extracting(row * projection.count..<(row + 1) * projection.count)
                        )
                    }
                }
            }
        }
        greatest = maxima.read { maxima in
            (0..<settings.chunks).map { chunk in
                (0..<team.count).map { maxima[$0 * settings.chunks + chunk] }.max() ?? 0
            }
        }
        starts = slots.write { Self.place(&$0, lists: settings.lists) }
        self.slots = slots
    }

    private static func raise(_ maxima: inout MutableSpan<Float>, row: Span<Float>) {
        for chunk in maxima.indices {
            var greatest = maxima[chunk]
            for place in chunk * CodeShape.chunk..<(chunk + 1) * CodeShape.chunk {
                greatest = max(greatest, abs(row[place]))
            }
            maxima[chunk] = greatest
        }
    }

    /// Turns each row's list into its slot.
    private static func place(_ rows: inout MutableSpan<UInt32>, lists: Int) -> [UInt32] {
        var counts = [Int](repeating: 0, count: lists)
        for row in rows.indices where rows[row] != ProductCodes.noRow { counts[Int(rows[row])] += 1 }
        var starts: [UInt32] = [0]
        for count in counts { starts.append(starts[starts.count - 1] + UInt32((count + 15) / CodeShape.lanes)) }
        var next = starts.map { $0 * UInt32(CodeShape.lanes) }
        for row in rows.indices where rows[row] != ProductCodes.noRow {
            let list = Int(rows[row])
            rows[row] = next[list]
            next[list] += 1
        }
        return starts
    }
}
