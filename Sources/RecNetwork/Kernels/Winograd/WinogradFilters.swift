internal import CRecKernels
internal import RecCompute

/// The 3x3 filters of a convolution by Winograd's algorithm, in panels of 16 outputs: transformed once and for all, or
/// kept as they are and transformed in parts, when they are needed.
///
/// Transformed filters are up to 25 times as large. Both ways give the same bits.
@safe
struct WinogradFilters: Sendable {
    /// Whether they are transformed once and for all.
    let areTransformed: Bool
    /// The columns of a row that are transformed together.
    let columns: [Range<Int>]
    private let scheme: WinogradScheme
    private let outputs: BlockedShape
    /// Channels of the input in whole blocks.
    private let depth: Int
    /// `[position][panel][depth of the position][16]` if transformed, `[panel][depth][9][16]` if not; the last panel may
    /// be 8 wide.
    private let storage: PackedFloats
    private let level: ProcessorLevel
    /// Floats from a column's transformed filters to the next.
    private let columnPitch: Int

    /// Packs filters (OIHW), and transforms them if asked to.
    init(
        _ weights: [Float],
        inputs: Int,
        outputs: Int,
        scheme: WinogradScheme,
        areTransformed: Bool,
        level: ProcessorLevel
    ) {
        precondition(weights.count == outputs * inputs * 9, "weights size")
        let depth = BlockedShape(channels: inputs, height: 1, width: 1).count
        let shape = BlockedShape(channels: outputs, height: 1, width: 1)
        let panels = unsafe PackedFloats(count: shape.count * depth * 9) { target in
            unsafe rec_winograd_panels_f32(weights, outputs, inputs, target)
        }
        let plain = Self(scheme, shape, depth: depth, panels, areTransformed: false, level)
        guard areTransformed else {
            self = plain
            return
        }
        let transformed = unsafe PackedFloats(uninitializedCount: scheme.products * depth * shape.count) { target in
            for panel in 0..<shape.panels {
                for row in 0..<scheme.points {
                    let columns = 0..<scheme.points
                    let places = plain.places(row: row, columns: columns) { position, phase in
                        plain.transformedStart(position: position, panel: panel)
                            + phase * depth * plain.width(panel: panel)
                    }
                    unsafe plain.transform(panel: panel, row: row, columns: columns, places: places, into: target)
                }
            }
        }
        self.init(scheme, shape, depth: depth, transformed, areTransformed: true, level)
    }

    private init(
        _ scheme: WinogradScheme,
        _ outputs: BlockedShape,
        depth: Int,
        _ storage: PackedFloats,
        areTransformed: Bool,
        _ level: ProcessorLevel
    ) {
        self.scheme = scheme
        self.outputs = outputs
        self.depth = depth
        self.storage = storage
        self.areTransformed = areTransformed
        self.level = level
        columnPitch = scheme.phases * depth * BlockedShape.panel + Self.skew
        columns = scheme.columns(most: max(Self.cacheFloats / columnPitch, 2))
    }

    /// Floats that are kept.
    var count: Int { storage.count }

    /// Floats of scratch memory that transforms need; 0 when they are transformed once and for all.
    var scratch: Int { areTransformed ? 0 : (columns.map(\.count).max() ?? 0) * columnPitch }

    /// Floats of transformed filters that should stay in the second cache until they are used.
    private static let cacheFloats = 84 << 10
    /// Keeps the columns of a row out of each other's cache sets.
    private static let skew = 16

    private func width(panel: Int) -> Int {
        min(BlockedShape.panel, outputs.count - panel * BlockedShape.panel)
    }

    private func transformedStart(position: Int, panel: Int) -> Int {
        let first = scheme.phasesBefore[position] * outputs.count
        return depth * (first + panel * BlockedShape.panel * scheme.phasesOfPosition[position].count)
    }

    /// The transformed filters of a position, from a panel on.
    ///
    /// - Precondition: The filters are transformed.
    @unsafe
    func transformed(position: Int, panel: Int) -> UnsafePointer<Float> {
        precondition(areTransformed, "transformed filters")
        return unsafe storage.base + transformedStart(position: position, panel: panel)
    }

    /// Transforms a panel for some ``columns`` of a row of positions, in `target` of ``scratch`` floats.
    @unsafe
    func transform(panel: Int, row: Int, columns: Range<Int>, into target: UnsafeMutablePointer<Float>) {
        let pitch = columnPitch
        let width = width(panel: panel)
        let places = places(row: row, columns: columns) { position, phase in
            (position - row * scheme.points - columns.lowerBound) * pitch + phase * depth * width
        }
        unsafe transform(panel: panel, row: row, columns: columns, places: places, into: target)
    }

    /// The filters of the column at an index among those that ``transform(panel:row:columns:into:)`` wrote.
    @unsafe
    func transformed(column index: Int, in target: UnsafePointer<Float>) -> UnsafePointer<Float> {
        unsafe target + index * columnPitch
    }

    /// The places of a row's filters by phase and column, -1 for other columns and for a phase that takes no part; `start`
    /// gets the position and the number of phases before.
    private func places(
        row: Int,
        columns: Range<Int>,
        _ start: (_ position: Int, _ phase: Int) -> Int
    ) -> [Int] {
        var places = [Int](repeating: -1, count: scheme.phases * scheme.points)
        for column in columns {
            let position = row * scheme.points + column
            for (index, phase) in scheme.phasesOfPosition[position].enumerated() {
                places[phase * scheme.points + column] = start(position, index)
            }
        }
        return places
    }

    @unsafe
    private func transform(
        panel: Int,
        row: Int,
        columns: Range<Int>,
        places: [Int],
        into target: UnsafeMutablePointer<Float>
    ) {
        precondition(!areTransformed, "filters as they are")
        unsafe scheme.coefficients.withUnsafeBufferPointer { coefficients in
            guard let coefficients = coefficients.baseAddress else { return }
            var filters = unsafe rec_winograd_panel(
                stride: scheme.stride,
                points: scheme.points,
                coefficients: coefficients,
                depth: depth,
                width: width(panel: panel),
                filters: storage.base + panel * BlockedShape.panel * depth * 9
            )
            unsafe level.kernels.pointee.network.winograd_filters(
                &filters,
                row,
                columns.lowerBound,
                columns.upperBound,
                places,
                target
            )
        }
    }
}
