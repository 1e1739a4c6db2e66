/// One axis of a centre crop, with torchvision's rounding.
struct CropSpan: Sendable, Hashable {
    /// The elements that are kept.
    let taken: Range<Int>
    /// The black elements before them.
    let padding: Int

    /// The middle `count` of `side` elements; all of them when they are fewer.
    init(from side: Int, to count: Int) {
        guard side > count else {
            taken = 0..<side
            padding = (count - side) / 2
            return
        }
        let start = Int((Double(side - count) / 2).rounded(.toNearestOrEven))
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
