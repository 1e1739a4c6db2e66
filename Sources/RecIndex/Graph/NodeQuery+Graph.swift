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
        let (rounded, unit) = ByteProducts.codes(of: centered, size: 2 * shape.directionSize)
        let directionProducts = ByteProducts.rows(rounded, graph.directions)
        var components = [Float](repeating: 0, count: 2 * shape.recordSize)
        for code in directionProducts.indices {
            components[shape.place(of: code)] = Float(directionProducts[code]) * unit * graph.directionFactors[code]
        }
        let (codes, codeUnit) = ByteProducts.codes(of: components, size: components.count)
        DotProduct.rows(components.span, count: 1, query: components.span, into: &products)
        let tail = max(square - products[0], 0).squareRoot()
        self.init(
            checked: codes,
            scale: codeUnit,
            tail: graph.correlation * tail,
            base: alongMean
        )
    }

    /// A node as a query, which gives estimates without the product of both means.
    ///
    /// - Parameters:
    ///   - node: The node.
    ///   - graph: The graph that has it.
    package init(_ node: Int, of graph: ProductGraph) {
        let shape = graph.shape
        self = graph.records.withSpan(node * shape.recordSize..<(node + 1) * shape.recordSize) { record in
            var codes = [Int8](repeating: 0, count: 2 * shape.recordSize)
            for code in 0..<shape.codeCount {
                let place = shape.place(of: code)
                codes[place] = FourBitCodes.value(record, at: 0, place: place)
            }
            let numbers = NodeNumbers(record)
            return NodeQuery(
                codes: codes,
                scale: numbers.factor,
                tail: graph.correlation * numbers.tail
            )
        }
    }
}
