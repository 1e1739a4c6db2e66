internal import CRecKernels

/// Copies a map to a vector of its values, or back; lanes beyond the last value are zero.
@safe
package struct RearrangementKernel: BlockedKernel {
    private let rearrangement: Rearrangement
    private let map: BlockedShape

    /// The input must fit the rearrangement.
    init(_ rearrangement: Rearrangement, input: FeatureMapShape) {
        self.rearrangement = rearrangement
        switch rearrangement {
        case .planesToMap(let shape), .rowsToMap(let shape): map = shape.blocked
        case .mapToPlanes, .mapToRows: map = input.blocked
        }
    }

    package var algorithm: String { "layout" }
    package var inputCount: Int { readsMap ? map.count : vectorCount }
    package var outputCount: Int { readsMap ? vectorCount : map.count }

    package func units(images: Int) -> [Int] { [images] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        let from = unsafe memory.input + unit * inputCount
        let to = unsafe memory.output + unit * outputCount
        switch rearrangement {
        case .planesToMap: unsafe rec_planes_to_blocks_f32(from, map.channels, map.pixels, to)
        case .mapToPlanes: unsafe rec_blocks_to_planes_f32(from, map.channels, map.pixels, to)
        case .rowsToMap: unsafe rec_rows_to_blocks_f32(from, map.channels, map.pixels, to)
        case .mapToRows: unsafe rec_blocks_to_rows_f32(from, map.channels, map.pixels, to)
        }
        guard readsMap else { return }
        let values = map.channels * map.pixels
        unsafe (to + values).update(repeating: 0, count: vectorCount - values)
    }

    private var readsMap: Bool {
        switch rearrangement {
        case .planesToMap, .rowsToMap: false
        case .mapToPlanes, .mapToRows: true
        }
    }

    private var vectorCount: Int { BlockedShape(channels: map.channels * map.pixels, height: 1, width: 1).count }
}
