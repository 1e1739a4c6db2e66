internal import RecCompute
internal import RecFiles

/// The codes of all rows in their slots and what is known about their errors: what a second pass over all rows writes.
///
/// The norms are proven. With V as rounded, d = |V V^T - 1| and y the exact V (x - mean), the part of x - mean outside
/// the first c chunks has a squared norm of at most
///
///     |x - mean|^2 - (1 - d) |y|^2
///
/// and what the chunks leave of an inner product with q - mean is at most the product of the two norms outside, plus
/// d |V (q - mean)| |y|, which counts as an error of the codes. The projected y is within
/// ``CodeDirections/uncertainty(_:norm:)`` of the exact one.
struct CodeEncoding {
    /// The sizes of the codes.
    let shape: CodeShape
    /// The greatest norm of a decoded head.
    let headNorm: Float

    private let steps: [Float]
    private let errors: [Float]
    private let slots: CodeSlots

    init(
        _ projection: RowProjection,
        _ assignment: ListAssignment,
        settings: CodeSettings,
        progress: ((Double) throws -> Void)?
    ) throws {
        shape = CodeShape(
            dimension: projection.rows.dimension,
            headChunks: settings.headChunks,
            chunks: settings.chunks,
            lists: settings.lists,
            slots: assignment.slotCount
        )
        let headStep = Self.step(assignment.greatest[..<settings.headChunks].max() ?? 0)
        let steps = assignment.greatest.enumerated().map {
            $0.offset < settings.headChunks ? headStep : Self.step($0.element)
        }
        let slots = CodeSlots(shape)
        // The errors of the chunks, and the norm of the decoded head, for each thread.
        let kept = settings.chunks + 1
        let maxima = SharedNumbers<Double>(repeating: 0, count: projection.team.count * kept)
        try projection.forEachPiece(progress: progress) { range, participant in
            projection.withProjections(of: range, participant: participant, isFirst: false) { values in
                maxima.write(participant * kept..<(participant + 1) * kept) { maxima in
                    var encoder = RowEncoder(projection.directions, settings: settings, steps: steps)
                    for row in range {
                        let slot = assignment.slots.read(row..<row + 1) { Int($0[0]) }
                        guard slot != Int(ProductCodes.noRow) else { continue }
                        let first = (row - range.lowerBound) * projection.count
                        projection.rows.withRows(row..<row + 1) { vector in
                            encoder.encode(vector, projected: values.extracting(first..<first + projection.count))
                        }
                        for chunk in 0..<settings.chunks { maxima[chunk] = max(maxima[chunk], encoder.errors[chunk]) }
                        maxima[settings.chunks] = max(maxima[settings.chunks], encoder.headNorm)
                        slots.put(row, into: slot)
                        slots.take(encoder, to: slot)
                    }
                }
            }
        }
        let greatest = maxima.read { maxima in
            (0..<kept).map { place in (0..<projection.team.count).map { maxima[$0 * kept + place] }.max() ?? 0 }
        }
        errors = greatest[..<settings.chunks].map { Float(roundingUp: $0) }
        headNorm = Float(roundingUp: greatest[settings.chunks])
        self.steps = steps
        self.slots = slots
    }

    /// Hands over codes, steps and errors.
    func move(to arrays: inout CodeArrays) {
        arrays.steps = NumberArray(steps)
        arrays.errors = NumberArray(errors)
        slots.move(to: &arrays)
    }

    /// The step by which 127 reaches the greatest value; 0 where there is nothing but zeros.
    private static func step(_ greatest: Float) -> Float {
        greatest > 1e-30 && greatest.isFinite ? (greatest / 127).nextUp : 0
    }
}
