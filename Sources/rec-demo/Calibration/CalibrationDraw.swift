import RecCore
import RecMath

/// The products that calibration takes, drawn at random: those of the ranges are not measured where there are enough.
struct CalibrationDraw {
    /// Those whose pictures the ranges are from.
    let calibrating: [Product]
    /// Those that the loss is measured on.
    let measured: [Product]

    init(_ products: [Product], pictures: Int, queries: Int, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var order = Array(products.indices)
        for place in order.indices.dropLast() {
            order.swapAt(place, place + random.next(below: order.count - place))
        }
        let shuffled = order.map { products[$0] }
        calibrating = Array(shuffled.prefix(pictures))
        let rest = shuffled.dropFirst(pictures)
        measured = Array((rest.count >= queries ? rest : shuffled.suffix(queries)).prefix(queries))
    }

    /// Those whose times are taken.
    var timed: [Product] { Array(measured.prefix(64)) }

    /// A few for what is measured many times.
    var sensing: [Product] { Array(measured.prefix(16)) }
}
