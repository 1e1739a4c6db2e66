internal import CRecKernels

/// The points of Winograd's algorithm for a tile and a stride, and what takes part in each.
struct WinogradScheme: Sendable {
    /// Rows and columns that a tile of the output has: 2, 4, 6 or 7.
    let tile: Int
    /// 1 or 2.
    let stride: Int
    /// Points along each axis.
    let points: Int
    /// The phases of the input that take part in each position.
    let phasesOfPosition: [[Int]]
    /// How many phases take part in all positions before each.
    let phasesBefore: [Int]
    /// Transformed filters for each filter: as many as a tile has multiplications for a pair of channels.
    let products: Int
    /// The coefficients of the filter transform, three for each point.
    let coefficients: [Float]

    init(tile: Int, stride: Int) {
        self.tile = tile
        self.stride = stride
        let points = tile + (stride == 1 ? 2 : 1)
        self.points = points
        let phasesOfPosition = (0..<points * points).map { position in
            (0..<stride * stride).filter { rec_winograd_uses(stride, $0, position) != 0 }
        }
        var before: [Int] = []
        var products = 0
        for phases in phasesOfPosition {
            before.append(products)
            products += phases.count
        }
        self.phasesOfPosition = phasesOfPosition
        phasesBefore = before
        self.products = products
        var coefficients = [Float](repeating: 0, count: 27)
        unsafe rec_winograd_coefficients(tile, stride, &coefficients)
        self.coefficients = coefficients
    }

    /// Pairs of a point for rows and one for columns.
    var positions: Int { points * points }

    /// Phases of the input: by the parity of rows and columns with stride 2.
    var phases: Int { stride * stride }

    /// The columns of a row in ranges of at most `most`, 2 or more; a point and its negative, whose transforms share
    /// work, come together.
    func columns(most: Int) -> [Range<Int>] {
        let cuts = Swift.stride(from: (points - 1) % 2, to: points, by: 2)
        var ranges: [Range<Int>] = []
        var start = 0
        for (cut, next) in zip(cuts, Array(cuts.dropFirst()) + [points]) where next - start > most && cut > start {
            ranges.append(start..<cut)
            start = cut
        }
        return ranges + [start..<points]
    }
}
