/// The rounding of a crop's position where the number of elements that it leaves out is odd.
package enum CropRounding: Sendable, Hashable {
    /// To the nearest, halves to the even number: torchvision, and what is built on it.
    case nearestEven
    /// Down: the image processors of Hugging Face's transformers.
    case down
}

/// One axis of a centre crop.
struct CropSpan: Sendable, Hashable {
    /// The elements that are kept.
    let taken: Range<Int>
    /// The black elements before them.
    let padding: Int

    /// The middle `count` of `side` elements; all of them when they are fewer.
    init(from side: Int, to count: Int, rounding: CropRounding) {
        guard side > count else {
            taken = 0..<side
            padding = (count - side) / 2
            return
        }
        let start =
            switch rounding {
            case .nearestEven: Int((Double(side - count) / 2).rounded(.toNearestOrEven))
            case .down: (side - count) / 2
            }
        taken = start..<start + count
        padding = 0
    }

    /// For each of `count` elements its position among the taken ones, or -1 for black.
    func indices(count: Int) -> [Int32] {
        (0..<count).map { index in
            (padding..<padding + taken.count).contains(index) ? Int32(index - padding) : -1
        }
    }
}
