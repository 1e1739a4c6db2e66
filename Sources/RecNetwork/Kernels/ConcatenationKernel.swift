/// The channels of several maps, one map after the other.
@safe
package struct ConcatenationKernel: BlockedKernel {
    private let inputs: [BlockedShape]
    private let output: BlockedShape
    /// The first channel of each input in the output.
    private let starts: [Int]

    /// The maps are equal in height and width.
    package init(_ inputs: [BlockedShape]) {
        precondition(inputs.count > 1 && inputs.allSatisfy { $0.pixels == inputs[0].pixels }, "maps of one size")
        self.inputs = inputs
        var starts = [0]
        for input in inputs { starts.append(starts[starts.count - 1] + input.channels) }
        self.starts = starts
        output = BlockedShape(channels: starts[inputs.count], height: inputs[0].height, width: inputs[0].width)
    }

    package var algorithm: String { "concatenation" }
    package var inputCount: Int { inputs[0].count }
    package var secondCount: Int { inputs[1].count }
    package var otherCounts: [Int] { inputs.dropFirst(2).map(\.count) }
    package var outputCount: Int { output.count }

    package func units(images: Int) -> [Int] { [images] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        let lanes = BlockedShape.lanes
        let to = unsafe memory.output + unit * output.count
        if output.channels % lanes != 0 {
            let last = (output.blocks - 1) * output.blockCount
            unsafe (to + last).update(repeating: 0, count: output.blockCount)
        }
        for (index, shape) in inputs.enumerated() {
            guard let first = unsafe memory.input(at: index) else { continue }
            let from = unsafe first + unit * shape.count
            if starts[index] % lanes == 0, shape.channels % lanes == 0 {
                unsafe (to + starts[index] * output.pixels).update(from: from, count: shape.count)
                continue
            }
            for channel in 0..<shape.channels {
                let target = starts[index] + channel
                let source = unsafe from + channel / lanes * shape.blockCount + channel % lanes
                let place = unsafe to + target / lanes * output.blockCount + target % lanes
                for pixel in 0..<output.pixels { unsafe place[pixel * lanes] = source[pixel * lanes] }
            }
        }
    }
}
