internal import RecCompute
internal import RecFiles

extension ProductGraph {
    /// Directions in codes, with their factors.
    ///
    /// - Parameters:
    ///   - shape: The graph's sizes.
    ///   - component: A component of a direction, by the numbers of both.
    /// - Returns: The codes and, for each direction, what a product with them is multiplied by.
    static func coded(
        _ shape: GraphShape,
        _ component: (Int, Int) -> Float
    ) -> (codes: NumberArray<UInt8>, factors: [Float]) {
        let codes = SharedNumbers<UInt8>(repeating: 0, count: shape.codeCount * shape.directionSize)
        var factors: [Float] = []
        codes.write { target in
            for direction in 0..<shape.codeCount {
                let start = direction * shape.directionSize
                factors.append(
                    FourBitCodes.encode(shape.dimension, into: &target, at: start) { component(direction, $0) }
                )
            }
        }
        return (NumberArray(codes), factors)
    }
}
