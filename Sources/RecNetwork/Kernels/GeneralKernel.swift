/// Runs an operation that a network is given from outside, an image at a time.
@safe
package struct GeneralKernel: BlockedKernel {
    private let operation: any GeneralOperation

    init(_ operation: any GeneralOperation) {
        precondition(operation.moves.map { $0.count == operation.outputCount } ?? true, "a move for each value")
        self.operation = operation
    }

    package var algorithm: String { "general" }
    package var inputCount: Int { places[0] }
    package var secondCount: Int { places.count > 1 ? places[1] : 0 }
    package var otherCounts: [Int] { Array(places.dropFirst(2)) }
    package var outputCount: Int { Self.place(operation.outputCount) }

    package func units(images: Int) -> [Int] { [images] }

    package func run(phase: Int, unit: Int, images: Int, memory: KernelMemory) {
        if let moves = operation.moves {
            unsafe move(moves, from: memory.input + unit * inputCount, to: memory.output + unit * outputCount)
            return
        }
        let places = places
        let inputs = operation.inputCounts.enumerated().map { index, count in
            let from = unsafe memory.input(at: index).map { unsafe $0 + unit * places[index] }
            return unsafe Array(UnsafeBufferPointer(start: from, count: count))
        }
        let values = operation.evaluate(inputs)
        let to = unsafe memory.output + unit * outputCount
        let count = operation.outputCount
        unsafe (to + count).update(repeating: 0, count: outputCount - count)
        guard values.count == count else {
            unsafe to.update(repeating: .nan, count: count)
            return
        }
        unsafe values.withUnsafeBufferPointer { source in
            guard let source = source.baseAddress else { return }
            unsafe to.update(from: source, count: count)
        }
    }

    /// Copies values from their places; the operation has only one input.
    @unsafe
    private func move(_ moves: [Int32], from: UnsafePointer<Float>, to: UnsafeMutablePointer<Float>) {
        let count = operation.inputCounts[0]
        unsafe moves.withUnsafeBufferPointer { moves in
            for index in 0..<moves.count {
                let place = unsafe Int(moves[index])
                unsafe to[index] = place >= 0 && place < count ? from[place] : 0
            }
        }
        unsafe (to + moves.count).update(repeating: 0, count: outputCount - moves.count)
    }

    private var places: [Int] { operation.inputCounts.map(Self.place) }

    private static func place(_ count: Int) -> Int { BlockedShape(channels: count, height: 1, width: 1).count }
}
