/// One axis of a separable resampling filter: for each output element the input elements it is made of.
///
/// Weights are fixed-point numbers with 22 fraction bits. An axis may stand for a part of the output only; then only
/// that part is computed.
package struct ResamplingAxis: Sendable {
    /// The fraction bits of a weight.
    package static let fractionBits = 22

    /// The number of output elements.
    package var count: Int { firsts.count }

    /// The input elements that any output element uses.
    package private(set) var inputs: Range<Int>

    /// The first input element of each output element, counted from ``inputs``' lower bound.
    let firsts: [Int32]
    /// How many input elements each output element uses.
    let counts: [Int32]
    /// The weights, `weightsStride` slots for each output element.
    let weights: [Int32]
    let weightsStride: Int

    /// Creates an axis from each output element's first input element and weights.
    ///
    /// - Precondition: There is an output element; input elements are in `0 ..< Int32.max`; each has a weight.
    package init(taps: [(first: Int, weights: [Int32])]) {
        let lower = taps.map(\.first).min() ?? 0
        let upper = taps.map { $0.first + $0.weights.count }.max() ?? 0
        let stride = taps.map(\.weights.count).max() ?? 0
        precondition(!taps.isEmpty && lower >= 0 && upper < Int(Int32.max), "input elements out of range")
        inputs = lower..<upper
        weightsStride = stride
        firsts = taps.map { Int32($0.first - lower) }
        counts = taps.map { Int32($0.weights.count) }
        var packed = [Int32](repeating: 0, count: taps.count * stride)
        for (index, tap) in taps.enumerated() {
            packed.replaceSubrange(index * stride..<index * stride + tap.weights.count, with: tap.weights)
        }
        weights = packed
    }

    /// The same axis for a picture that starts at the first of ``inputs``.
    package func rebased() -> ResamplingAxis {
        var result = self
        result.inputs = 0..<inputs.count
        return result
    }
}
