internal import RecNetwork

/// Sums of products over indices named by letters.
enum EinsumOperator {
    static let table: [OperatorEntry] = [
        OperatorEntry("Einsum", [12, 28]) { context in
            let equation = try context.text("equation", "").filter { $0 != " " }
            return TensorOperation(
                context: context,
                infer: { operands in
                    let plan = try Plan(equation, operands)
                    return [TensorType(try operands.type(0).elementType, plan.output.map { plan.sizes[$0] ?? 1 })]
                },
                compute: { values in
                    let plan = try Plan(equation, values.operands)
                    return values.result(plan.evaluate(try values.all.indices.map { try values[$0].doubles }))
                },
                steps: { operands, _ in
                    try Plan(equation, operands).sizes.values.reduce(1) { $0 * Double($1) }
                }
            )
        }
    ]

    /// The labels of each input and of the output; those of an ellipsis are digits of a private kind.
    private struct Plan {
        var inputs: [[String]] = []
        var output: [String] = []
        var sizes: [String: Int] = [:]
        private var strides: [[Int]] = []

        init(_ equation: String, _ operands: Operands) throws {
            let context = operands.context
            let sides = equation.split(separator: ">", omittingEmptySubsequences: false)
            var left = String(sides[0])
            if sides.count == 2, left.hasSuffix("-") { left.removeLast() }
            let terms = left.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard sides.count <= 2, terms.count == operands.count else {
                throw context.invalid("the equation '\(equation)' does not fit \(operands.count) inputs")
            }
            var ellipsis: [String] = []
            for (index, term) in terms.enumerated() {
                let shape = try operands.shape(index)
                let labels = try Self.labels(term, rank: shape.count, context)
                let hidden = labels.filter { $0.hasPrefix("#") }
                if hidden.count > ellipsis.count { ellipsis = hidden }
                for (label, size) in zip(labels, shape) {
                    let known = sizes[label] ?? 1
                    guard known == 1 || size == 1 || known == size else {
                        throw context.invalid("the index '\(label)' has the sizes \(known) and \(size)")
                    }
                    sizes[label] = size == 1 ? known : size
                }
                inputs.append(labels)
                strides.append(zip(Indices.strides(shape), shape).map { $1 == 1 ? 0 : $0 })
            }
            if sides.count == 2 {
                output = try Self.labels(String(sides[1]), rank: nil, context, ellipsis: ellipsis)
            } else {
                let all = inputs.joined().filter { !$0.hasPrefix("#") }
                output = ellipsis + Set(all).filter { label in all.filter { $0 == label }.count == 1 }.sorted()
            }
            let summed = sizes.filter { !output.contains($0.key) }.values
            guard let terms = summed.checkedProduct, terms <= 1 << 24
            else { throw context.unsupported("its sums have too many terms") }
            guard output.allSatisfy({ sizes[$0] != nil }), Set(output).count == output.count else {
                throw context.invalid("the equation '\(equation)' has an output without input")
            }
        }

        /// The labels of a term, those of the ellipsis counted from the last.
        private static func labels(
            _ term: String,
            rank: Int?,
            _ context: OperatorContext,
            ellipsis: [String] = []
        ) throws -> [String] {
            let parts = term.replacing("...", with: "#").map(String.init)
            let letters = parts.filter { $0 != "#" }
            guard parts.count - letters.count <= 1, letters.allSatisfy({ $0.first?.isLetter ?? false }) else {
                throw context.invalid("the term '\(term)' is not one of letters and an ellipsis")
            }
            var hidden = ellipsis
            if let rank {
                let count = rank - letters.count
                guard count == 0 || count > 0 && parts.contains("#") else {
                    throw context.invalid("the term '\(term)' does not fit \(rank) axes")
                }
                hidden = (0..<count).map { "#\(count - $0)" }
            }
            return parts.flatMap { $0 == "#" ? hidden : [$0] }
        }

        func evaluate(_ numbers: [[Double]]) -> [Double] {
            let summed = sizes.keys.filter { !output.contains($0) }.sorted()
            func places(_ labels: [String], _ input: Int) -> [Int] {
                let steps = labels.map { label in
                    zip(inputs[input], strides[input]).reduce(0) { $1.0 == label ? $0 + $1.1 : $0 }
                }
                return Indices.walk(labels.map { sizes[$0] ?? 1 }, strides: steps)
            }
            let outer = numbers.indices.map { places(output, $0) }
            let inner = numbers.indices.map { places(summed, $0) }
            let terms = summed.reduce(1) { $0 * (sizes[$1] ?? 1) }
            return outer[0].indices.map { position in
                var sum = 0.0
                for term in 0..<terms {
                    var product = 1.0
                    for input in numbers.indices {
                        product *= numbers[input][outer[input][position] + inner[input][term]]
                    }
                    sum += product
                }
                return sum
            }
        }
    }
}
