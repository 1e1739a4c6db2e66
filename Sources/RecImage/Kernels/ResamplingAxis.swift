/// One axis of a separable resampling filter: the input elements and weights of each output element.
///
/// Weights are fixed-point numbers with 22 fraction bits. An axis may cover only a part of the output; then only that
/// part is computed.
package struct ResamplingAxis: Sendable {
    /// The input elements of one output element: `weights.count` of them from `first` on; black when there are none.
    package typealias Taps = (first: Int, weights: [Int32])

    /// The fraction bits of a weight.
    package static let fractionBits = 22

    /// The number of output elements.
    package var count: Int { firsts.count }

    /// The input elements that any output element uses.
    package let inputs: Range<Int>

    /// Whether each output element equals the input element at its position.
    package let isCopy: Bool

    /// The greatest number of input elements of an output element.
    package let longestTaps: Int

    /// The first input element of each output element, counted from ``inputs``' lower bound.
    let firsts: [Int32]
    /// The number of input elements of each output element.
    let counts: [Int32]
    /// The weights, `weightsStride` slots for each output element, unused ones zero.
    let weights: [Int32]
    /// A multiple of four.
    let weightsStride: Int

    /// Creates an axis from each output element's input elements.
    ///
    /// - Precondition: There is an output element. Input elements are in `0 ..< Int32.max`, and their first and last
    ///   ones do not decrease from one output element to the next. An element's positive weights add up to at most two,
    ///   and so do the magnitudes of its negative ones.
    package init(taps: [Taps]) {
        let used = taps.filter { !$0.weights.isEmpty }
        let lower = used.first?.first ?? 0
        let upper = used.last.map { $0.first + $0.weights.count } ?? 0
        precondition(!taps.isEmpty && lower >= 0 && upper < Int(Int32.max), "input elements out of range")
        precondition(
            zip(used, used.dropFirst()).allSatisfy { before, after in
                before.first <= after.first
                    && before.first + before.weights.count <= after.first + after.weights.count
            },
            "input elements must not go back"
        )
        let longest = taps.lazy.map(\.weights.count).max() ?? 0
        let stride = (longest + 3) / 4 * 4
        var packed = [Int32](repeating: 0, count: taps.count * stride)
        for (index, tap) in taps.enumerated() {
            var (positive, negative) = (0, 0)
            for (place, weight) in tap.weights.enumerated() {
                packed[index * stride + place] = weight
                if weight > 0 { positive += Int(weight) } else { negative -= Int(weight) }
            }
            precondition(max(positive, negative) <= 2 << Self.fractionBits, "weights add up to too much")
        }
        inputs = lower..<upper
        isCopy = false
        longestTaps = longest
        weightsStride = stride
        firsts = taps.map { $0.weights.isEmpty ? 0 : Int32($0.first - lower) }
        counts = taps.map { Int32($0.weights.count) }
        weights = packed
    }

    /// Creates an axis that copies a range of elements.
    ///
    /// - Precondition: The range is not empty and does not start below zero.
    package init(copying range: Range<Int>) {
        precondition(range.lowerBound >= 0 && !range.isEmpty, "input elements out of range")
        inputs = range
        isCopy = true
        longestTaps = 1
        weightsStride = 4
        firsts = range.indices.map { Int32($0 - range.lowerBound) }
        counts = [Int32](repeating: 1, count: range.count)
        weights = range.flatMap { _ in [1 << Self.fractionBits, 0, 0, 0] as [Int32] }
    }
}
