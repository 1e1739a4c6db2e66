import RecCompute
import RecImage
import RecTesting
import Testing

@Suite struct `Row resampler` {
    /// Two rows of three pixels; pixel (x, y) is (10 x, 100 y, 7).
    private let picture: [UInt8] = [0, 0, 7, 10, 0, 7, 20, 0, 7, 0, 100, 7, 10, 100, 7, 20, 100, 7]

    private static let one = Int32(1 << ResamplingAxis.fractionBits)

    /// An axis whose outputs are the mean of two inputs.
    private func means(_ firsts: [Int]) -> ResamplingAxis {
        ResamplingAxis(taps: firsts.map { (first: $0, weights: [Self.one / 2, Self.one / 2]) })
    }

    /// Resamples a picture that is there as a whole.
    private func resample(
        _ pixels: [UInt8],
        width: Int,
        across: ResamplingAxis,
        down: ResamplingAxis,
        order: RowResampler.Order = .horizontalFirst,
        level: ProcessorLevel = .best,
        rowsAtOnce: Int = .max
    ) -> [UInt8] {
        var resampler = RowResampler(across: across, down: down, order: order, level: level)
        var row = resampler.rows.lowerBound
        while row < resampler.rows.upperBound {
            let count = min(rowsAtOnce, resampler.rows.upperBound - row)
            resampler.append(
                pixels.span,
                offset: 3 * (row * width + resampler.columns.lowerBound),
                stride: 3 * width,
                count: count
            )
            row += count
        }
        return resampler.finish()
    }

    @Test func `columns are combined in the rows asked for`() {
        let row = resample(picture, width: 3, across: means([0, 1]), down: ResamplingAxis(copying: 1..<2))

        #expect(row == [5, 100, 7, 15, 100, 7])
    }

    @Test func `rows are combined in the columns asked for`() {
        let columns = resample(picture, width: 3, across: ResamplingAxis(copying: 1..<3), down: means([0]))

        #expect(columns == [10, 50, 7, 20, 50, 7])
    }

    @Test func `copying both ways is a crop`() {
        let corner = resample(
            picture,
            width: 3,
            across: ResamplingAxis(copying: 1..<3),
            down: ResamplingAxis(copying: 1..<2)
        )

        #expect(corner == [10, 100, 7, 20, 100, 7])
    }

    @Test func `the passes round in the order asked for`() {
        // Half is rounded up: (0, 1; 2, 1) becomes 1 and 2, then 2; or 1 and 1, then 1. Its transpose the other way.
        let bytes: [UInt8] = [0, 0, 7, 1, 2, 7, 2, 1, 7, 1, 1, 7]

        let columnsFirst = resample(bytes, width: 2, across: means([0]), down: means([0]))
        let rowsFirst = resample(bytes, width: 2, across: means([0]), down: means([0]), order: .verticalFirst)

        #expect(columnsFirst == [2, 1, 7])
        #expect(rowsFirst == [1, 2, 7])
    }

    @Test func `sums are rounded half up and clamped`() {
        let bytes: [UInt8] = [1, 200, 0, 2, 0, 100]
        let copy = ResamplingAxis(copying: 0..<1)
        let half = ResamplingAxis(taps: [(first: 0, weights: [Self.one / 2, Self.one / 2])])
        let sharp = ResamplingAxis(taps: [(first: 0, weights: [Self.one * 2, -Self.one])])

        #expect(resample(bytes, width: 2, across: half, down: copy) == [2, 100, 50])
        #expect(resample(bytes, width: 2, across: sharp, down: copy) == [0, 255, 0])
    }

    @Test func `an element without inputs is black`() {
        let gap = ResamplingAxis(taps: [
            (first: 0, weights: []), (first: 2, weights: [Self.one]), (first: 0, weights: []),
        ])

        let row = resample(picture, width: 3, across: gap, down: ResamplingAxis(copying: 1..<2))
        let black = resample(
            picture,
            width: 3,
            across: ResamplingAxis(copying: 0..<1),
            down: ResamplingAxis(taps: [(first: 0, weights: [])])
        )

        #expect(row == [0, 0, 0, 20, 100, 7, 0, 0, 0])
        #expect(black == [0, 0, 0])
    }

    /// Random taps that go forward, of weights with many bits and both signs.
    private func randomAxis(inputs: Int, outputs: Int, using random: inout SeededGenerator) -> ResamplingAxis {
        let longest = min(inputs, Int.random(in: 1...30, using: &random))
        return ResamplingAxis(
            taps: (0..<outputs).map { index in
                let first = outputs == 1 ? 0 : index * (inputs - longest) / (outputs - 1)
                var left = Self.one * 2
                let weights = (0..<longest).map { _ in
                    let weight = Int32.random(in: -left / 2...left / 2, using: &random)
                    left -= abs(weight)
                    return weight
                }
                return (first: first, weights: weights)
            }
        )
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func `every level, order and batch gives the sums of plain loops`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let (width, height) = (Int.random(in: 1...90, using: &random), Int.random(in: 1...70, using: &random))
        let (columns, rows) = (Int.random(in: 1...40, using: &random), Int.random(in: 1...40, using: &random))
        let pixels = (0..<3 * width * height).map { _ in UInt8.random(in: 0...255, using: &random) }
        let across = randomAxis(inputs: width, outputs: columns, using: &random)
        let down = randomAxis(inputs: height, outputs: rows, using: &random)

        for order in [RowResampler.Order.horizontalFirst, .verticalFirst] {
            let plain = resample(pixels, width: width, across: across, down: down, order: order, level: .scalar)
            #expect(plain.count == 3 * columns * rows)
            for (rowsAtOnce, level) in [1, 7, Int.max].flatMap({ rows in ProcessorLevel.available.map { (rows, $0) } })
            {
                let result = resample(
                    pixels,
                    width: width,
                    across: across,
                    down: down,
                    order: order,
                    level: level,
                    rowsAtOnce: rowsAtOnce
                )
                #expect(result == plain, "\(width)x\(height) to \(columns)x\(rows), \(order), \(level)")
            }
        }
    }

    @Test func `taps that go back are a precondition`() async {
        await #expect(processExitsWith: .failure) {
            _ = ResamplingAxis(taps: [(first: 1, weights: [1]), (first: 0, weights: [1])])
        }
    }

    @Test func `weights whose sums could overflow are a precondition`() async {
        await #expect(processExitsWith: .failure) {
            _ = ResamplingAxis(taps: [(first: 0, weights: [1 << 23, 1])])
        }
    }
}
