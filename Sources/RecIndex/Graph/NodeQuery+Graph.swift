internal import RecFiles

extension NodeQuery {
    /// A vector described like the nodes of a graph.
    ///
    /// - Complexity: O(directions * dimension), in bytes
    package init(_ vector: [Float], on graph: ProductGraph) {
        let shape = graph.shape
        let centered = ByteProducts.difference(vector, graph.mean)
        var products: [Float] = [0]
        var (square, alongMean): (Float, Float) = (0, 0)
        graph.mean.withSpan { mean in
            DotProduct.rows(mean, count: 1, query: centered.span, into: &products)
            alongMean = products[0]
            DotProduct.rows(centered.span, count: 1, query: centered.span, into: &products)
            square = products[0]
        }
        let (rounded, unit) = ByteProducts.codes(of: centered, size: shape.directionSize)
        let scale = unit * graph.directionStep
        let components = ByteProducts.rows(rounded, graph.directions).map { Float($0) * scale }
        let (codes, codeUnit) = ByteProducts.codes(of: components, size: shape.recordSize)
        DotProduct.rows(components.span, count: 1, query: components.span, into: &products)
        let tail = max(square - products[0], 0).squareRoot()
        self.init(codes: codes, scale: codeUnit * graph.step, tail: graph.correlation * tail, base: alongMean)
    }

    /// A node as a query, which gives estimates without the product of both means.
    ///
    /// - Parameters:
    ///   - node: The node.
    ///   - table: The table that has it.
    ///   - step: What a code of 1 stands for.
    ///   - correlation: The mean cosine of the remainders of near vectors.
    init(_ node: Int, of table: GraphTable, step: Float, correlation: Float) {
        self.init(
            codes: table.codes(of: node),
            scale: step * step,
            tail: correlation * table.numbers(of: node).tail
        )
    }
}
