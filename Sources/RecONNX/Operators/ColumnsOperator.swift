internal import RecNetwork

/// Sums of overlapping windows, which a matrix has as its columns: the transpose of cutting a picture into windows.
enum ColumnsOperator {
    static let table: [OperatorEntry] = [OperatorEntry("Col2Im", [18], columnsToImage)]

    @Sendable
    private static func columnsToImage(_ context: OperatorContext) throws -> TensorOperation {
        let window = try WindowAttributes(context)
        @Sendable
        func geometry(_ operands: Operands) throws -> WindowSizes {
            let input = try operands.type(0)
            let sizes = try operands.integers(1)
            let sizesOfWindow = try operands.integers(2)
            guard sizes.allSatisfy({ $0 > 0 }), sizes.count == sizesOfWindow.count else {
                throw context.invalid("an image of \(sizes) does not fit windows of \(sizesOfWindow)")
            }
            let geometry = try window.geometry(sizes, kernel: sizesOfWindow, context)
            guard input.rank == 3, let area = geometry.kernel.checkedProduct, area > 0,
                input.shape[1].isMultiple(of: area), geometry.output.checkedProduct == input.shape[2]
            else {
                throw context.invalid(
                    "columns of shape \(input.shape) do not fit windows of \(sizesOfWindow) in \(sizes)"
                )
            }
            return geometry
        }
        return TensorOperation(
            context: context,
            infer: { operands in
                let input = try operands.type(0)
                let sizes = try geometry(operands)
                let channels = input.shape[1] / sizes.kernel.reduce(1, *)
                return [TensorType(input.elementType, [input.shape[0], channels] + sizes.input)]
            },
            compute: { values in
                let columns = try values[0].doubles
                let sizes = try geometry(values.operands)
                let (plane, area) = (sizes.input.reduce(1, *), sizes.kernel.reduce(1, *))
                let positions = sizes.output.reduce(1, *)
                let planes = plane == 0 ? 0 : values.type.count / plane
                var result = [Double](repeating: 0, count: values.type.count)
                sizes.forEachWindow { position, places in
                    for channel in 0..<planes {
                        for place in places {
                            let value = columns[(channel * area + place.kernel) * positions + position]
                            result[channel * plane + place.input] += value
                        }
                    }
                }
                return values.result(result)
            },
            steps: { operands, _ in
                let sizes = try geometry(operands)
                return (sizes.kernel + sizes.output).reduce(1) { $0 * Double($1) }
            }
        )
    }
}
