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
        var components = ByteProducts.rows(rounded, graph.directions).map { Float($0) * unit }
        for code in components.indices { components[code] *= graph.directionFactors[code] }
        let (codes, codeUnit) = ByteProducts.codes(of: components, size: components.count)
        DotProduct.rows(components.span, count: 1, query: components.span, into: &products)
        let tail = max(square - products[0], 0).squareRoot()
        self.init(
            codes: Self.placed(codes, shape),
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
    init(_ node: Int, of graph: ProductGraph) {
        let shape = graph.shape
        self = graph.records.withSpan(node * shape.recordSize..<(node + 1) * shape.recordSize) { record in
            let codes = (0..<shape.codeCount).map { HalfBytes.value(record, at: 0, place: shape.place(of: $0)) }
            let numbers = NodeNumbers(record)
            return NodeQuery(
                codes: Self.placed(codes, shape),
                scale: numbers.factor,
                tail: graph.correlation * numbers.tail
            )
        }
    }

    /// Codes where a record has those of a node, and zeros in the other places.
    private static func placed(_ codes: [Int8], _ shape: GraphShape) -> [Int8] {
        var placed = [Int8](repeating: 0, count: 2 * shape.recordSize)
        for (code, value) in codes.enumerated() { placed[shape.place(of: code)] = value }
        return placed
    }
}
