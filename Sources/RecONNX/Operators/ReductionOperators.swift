internal import Foundation
internal import RecNetwork

/// Sums, products, means, norms and extremes along axes.
enum ReductionOperators {
    static let table: [OperatorEntry] = [
        entry("ReduceSum", [1, 11, 13], inputFrom: 13, Fold(start: 0, { $0 + $1 }, whole: { $0 &+ $1 })),
        entry("ReduceMean", [1, 11, 13, 18], Fold(start: 0, { $0 + $1 }, finish: { $0 / Double($1) })),
        entry("ReduceProd", [1, 11, 13, 18], Fold(start: 1, { $0 * $1 }, whole: { $0 &* $1 })),
        entry(
            "ReduceMax",
            [1, 11, 12, 13, 18, 20],
            Fold(start: -.infinity, ArithmeticOperators.greater, whole: { max($0, $1) })
        ),
        entry(
            "ReduceMin",
            [1, 11, 12, 13, 18, 20],
            Fold(start: .infinity, ArithmeticOperators.lesser, whole: { min($0, $1) })
        ),
        entry("ReduceL1", [1, 11, 13, 18], Fold(start: 0, { $0 + abs($1) })),
        entry("ReduceL2", [1, 11, 13, 18], Fold(start: 0, { $0 + $1 * $1 }, finish: { sum, _ in sum.squareRoot() })),
        entry("ReduceSumSquare", [1, 11, 13, 18], Fold(start: 0, { $0 + $1 * $1 })),
        entry("ReduceLogSum", [1, 11, 13, 18, 28], Fold(start: 0, { $0 + $1 }, finish: { sum, _ in log(sum) })),
        entry("ReduceLogSumExp", [1, 11, 13, 18, 28], Fold(logSumExp)),
    ]

    /// How elements become one.
    struct Fold: Sendable {
        /// The result for some elements.
        let join: @Sendable ([Double]) -> Double
        /// Start and step for integers that a `Double` may not hold; `nil` when integers are joined as numbers.
        let whole: (start: Int64, step: @Sendable (Int64, Int64) -> Int64)?

        init(_ join: @escaping @Sendable ([Double]) -> Double) {
            self.join = join
            whole = nil
        }

        init(
            start: Double,
            _ step: @escaping @Sendable (Double, Double) -> Double,
            whole: (@Sendable (Int64, Int64) -> Int64)? = nil,
            finish: @escaping @Sendable (Double, Int) -> Double = { value, _ in value }
        ) {
            join = { finish($0.reduce(start, step), $0.count) }
            let wholeStart = start.isFinite ? Int64(start) : start < 0 ? Int64.min : .max
            self.whole = whole.map { (wholeStart, $0) }
        }
    }

    @Sendable
    private static func logSumExp(_ values: [Double]) -> Double {
        let greatest = values.max() ?? -.infinity
        guard greatest.isFinite else { return greatest }
        return greatest + log(values.reduce(0) { $0 + exp($1 - greatest) })
    }

    private static func entry(
        _ name: String,
        _ versions: [Int],
        inputFrom: Int = 18,
        _ fold: Fold
    ) -> OperatorEntry {
        OperatorEntry(name, versions) { context in
            let attribute = try context.integers("axes")
            let keeps = try context.flag("keepdims", true)
            let idleWithoutAxes = try context.flag("noop_with_empty_axes")
            @Sendable
            func axes(_ operands: Operands) throws -> [Int] {
                var axes = attribute ?? []
                if context.version >= inputFrom { axes = operands.has(1) ? try operands.integers(1) : [] }
                let rank = try operands.shape(0).count
                if axes.isEmpty { return idleWithoutAxes ? [] : Array(0..<rank) }
                return try context.axes(axes, rank: rank)
            }
            return TensorOperation(
                context: context,
                infer: { operands in
                    let input = try operands.type(0)
                    return [
                        TensorType(input.elementType, shape(input.shape, without: try axes(operands), keeps: keeps))
                    ]
                },
                compute: { values in
                    let axes = try axes(values.operands)
                    // Without axes nothing is joined, but what the operator does to each element is done.
                    return [reduce(try values[0], axes, fold, values.type)]
                }
            )
        }
    }

    /// A shape without some axes, or with ones in their places.
    static func shape(_ shape: [Int], without axes: [Int], keeps: Bool) -> [Int] {
        keeps
            ? shape.indices.map { axes.contains($0) ? 1 : shape[$0] }
            : shape.indices.filter { !axes.contains($0) }.map { shape[$0] }
    }

    private static func reduce(_ input: Tensor, _ axes: [Int], _ fold: Fold, _ type: TensorType) -> Tensor {
        let strides = Indices.strides(input.shape)
        let kept = input.shape.indices.filter { !axes.contains($0) }
        let starts = Indices.walk(kept.map { input.shape[$0] }, strides: kept.map { strides[$0] })
        let offsets = Indices.walk(axes.map { input.shape[$0] }, strides: axes.map { strides[$0] })
        if let whole = fold.whole, case .integers(let numbers) = input.elements {
            let joined = starts.map { start in offsets.reduce(whole.start) { whole.step($0, numbers[start + $1]) } }
            return Tensor(joined, type)
        }
        let numbers = input.doubles
        return Tensor(starts.map { start in fold.join(offsets.map { numbers[start + $0] }) }, type)
    }
}
