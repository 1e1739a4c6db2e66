internal import CRecKernels
package import RecCompute

/// Products of many rows with the rows of one matrix, C = A * B^T, all row-major.
///
/// B is packed once. A row of C depends on no other row of A, so rows may be shared out among threads in any way.
///
/// With FMA a product of stretches of `stretch` terms is the bias, plus the first stretch, plus the second and so on, each
/// summed in order.
@safe
package struct MatrixProduct: Sendable {
    /// The rows of B, that is, the columns of C.
    package let columns: Int

    /// The floats of a row of A and of B.
    package let depth: Int

    /// The floats from one row of C to the next: `columns` rounded up to a multiple of 8.
    package let pitch: Int

    /// An element of C is no further from the exact one than this times the sum of the absolute values of its terms, the
    /// bias among them, while nothing overflows or underflows.
    ///
    /// A term passes through its product's rounding, the additions of its stretch, the bias's and one a stretch (Higham,
    /// Accuracy and Stability of Numerical Algorithms, section 4.2).
    package var relativeError: Double { 1.01 * Double(min(stretch, depth) + starts.count + 2) * 0x1p-24 }

    private let stretch: Int
    private let starts: [Int]
    private let run: Int
    private let offsets: [Int]
    private let weights: PackedFloats
    private let bias: PackedFloats?
    private let level: ProcessorLevel

    /// Rows of A that are taken through B together, so that they stay in a core's cache.
    private static let piece = 96

    /// Packs B.
    ///
    /// - Parameters:
    ///   - matrix: B, `columns` x `depth`.
    ///   - columns: The rows of B, at least one.
    ///   - depth: The floats of each, at least one.
    ///   - bias: What is added to each column of C; empty for nothing.
    ///   - stretch: How many terms are summed up on their own. Short ones are more exact, long ones faster.
    ///   - level: Whose kernel, for tests to compare.
    package init(
        _ matrix: Span<Float>,
        columns: Int,
        depth: Int,
        bias: [Float] = [],
        stretch: Int = 64,
        level: ProcessorLevel = .best
    ) {
        self.init(
            matrix,
            columns: columns,
            depth: depth,
            steps: (depth, 1),
            bias: bias,
            stretch: stretch,
            level: level
        )
    }

    /// Packs the transpose of a matrix, `depth` x `columns`, as B.
    package init(
        transposed matrix: Span<Float>,
        columns: Int,
        depth: Int,
        stretch: Int = 64,
        level: ProcessorLevel = .best
    ) {
        self.init(
            matrix,
            columns: columns,
            depth: depth,
            steps: (1, columns),
            bias: [],
            stretch: stretch,
            level: level
        )
    }

    private init(
        _ matrix: Span<Float>,
        columns: Int,
        depth: Int,
        steps: (row: Int, term: Int),
        bias: [Float],
        stretch: Int,
        level: ProcessorLevel
    ) {
        precondition(columns > 0 && depth > 0 && matrix.count == columns * depth, "the matrix must be whole")
        precondition(bias.isEmpty || bias.count == columns, "one bias for each column")
        precondition(stretch > 0 && stretch % 8 == 0 && stretch <= 1024, "a length that the kernel takes")
        let lanes = Int(REC_BLOCK)
        let pitch = (columns + lanes - 1) / lanes * lanes
        let starts = Array(Swift.stride(from: 0, to: depth, by: stretch))
        self.columns = columns
        self.depth = depth
        self.pitch = pitch
        self.stretch = stretch
        self.starts = starts
        self.level = level
        run = depth % lanes == 0 ? lanes : 1
        offsets = Array(Swift.stride(from: 0, to: min(stretch, depth), by: run))
        self.bias = bias.isEmpty ? nil : PackedFloats(bias, count: pitch)
        weights = unsafe PackedFloats(count: depth * pitch) { target in
            unsafe matrix.withUnsafeBufferPointer { matrix in
                for start in starts {
                    let order = Array(start..<min(start + stretch, depth))
                    unsafe rec_pack_panels_f32(
                        matrix.baseAddress,
                        columns,
                        steps.row,
                        steps.term,
                        order,
                        order.count,
                        Int(REC_PANEL),
                        target + start * pitch
                    )
                }
            }
        }
    }

    /// Multiplies some rows.
    ///
    /// - Parameters:
    ///   - rows: A, `count` x `depth`.
    ///   - count: The number of rows.
    ///   - rowPitch: The floats from one row of A to the next; `depth` unless given.
    ///   - products: Where C goes, `count` x ``pitch``; zeros follow the columns.
    /// - Complexity: O(`count * depth * columns`)
    package func multiply(
        _ rows: Span<Float>,
        count: Int,
        rowPitch: Int? = nil,
        into products: inout MutableSpan<Float>
    ) {
        let rowPitch = rowPitch ?? depth
        guard count > 0 else { return }
        precondition(rowPitch >= depth && rows.count >= (count - 1) * rowPitch + depth, "every row must be whole")
        precondition(products.count >= count * pitch, "there must be room for the products")
        unsafe products.withUnsafeMutableBufferPointer { products in
            unsafe rows.withUnsafeBufferPointer { rows in
                guard let input = rows.baseAddress, let output = products.baseAddress else { return }
                for first in Swift.stride(from: 0, to: count, by: Self.piece) {
                    unsafe multiplyPiece(
                        input + first * rowPitch,
                        count: min(Self.piece, count - first),
                        rowPitch: rowPitch,
                        into: output + first * pitch
                    )
                }
            }
        }
    }

    private func multiplyPiece(
        _ input: UnsafePointer<Float>,
        count: Int,
        rowPitch: Int,
        into output: UnsafeMutablePointer<Float>
    ) {
        let lanes = Int(REC_BLOCK)
        unsafe offsets.withUnsafeBufferPointer { offsets in
            for start in starts {
                let finish = unsafe rec_finish(
                    bias: start == 0 ? bias?.base : nil,
                    residual: start == 0 ? nil : UnsafePointer(output),
                    low: -.infinity,
                    high: .infinity,
                    function: REC_IDENTITY,
                    slope: 0,
                    offset: 0
                )
                var product = unsafe rec_product(
                    input: input + start,
                    offsets: offsets.baseAddress,
                    offset_count: min(stretch, depth - start) / run,
                    run: run,
                    pixel_pitch: rowPitch,
                    row_pitch: 0,
                    rows: 1,
                    pixels: count,
                    weights: weights.base + start * pitch,
                    blocks: pitch / lanes,
                    output: output,
                    output_block_pitch: lanes,
                    output_row_pitch: 0,
                    output_pixel_pitch: pitch,
                    finish: finish
                )
                unsafe level.kernels.pointee.network.product(&product)
            }
        }
    }
}

extension MatrixProduct {
    /// Multiplies `count` rows on a team of threads.
    package func multiply(
        _ rows: SharedNumbers<Float>,
        count: Int,
        into products: SharedNumbers<Float>,
        team: ThreadTeam
    ) {
        let unit = max(1, min(Self.piece, (count + team.count - 1) / team.count))
        team.run(units: (count + unit - 1) / unit) { number, _ in
            let range = number * unit..<min((number + 1) * unit, count)
            rows.read(range.lowerBound * depth..<range.upperBound * depth) { rows in
                products.write(range.lowerBound * pitch..<range.upperBound * pitch) { products in
                    multiply(rows, count: range.count, into: &products)
                }
            }
        }
    }
}
