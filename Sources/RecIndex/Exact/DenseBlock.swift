internal import RecCore
internal import RecPlatform

/// A dense block of all products: one unit vector a row, zeros where a product lacks the block.
struct DenseBlock: Sendable {
    let recipe: Recipe
    let rows: FloatRows
    let isPresent: [Bool]

    /// - Precondition: There is one flag for each row.
    init(recipe: Recipe, rows: FloatRows, isPresent: [Bool]) {
        precondition(rows.rowCount == isPresent.count, "one flag for each row")
        self.recipe = recipe
        self.rows = rows
        self.isPresent = isPresent
    }

    func vector(of row: Int) -> DenseVector? {
        isPresent[row] ? DenseVector(unit: rows.row(row), recipe: recipe) : nil
    }

    /// Writes the dot products of some rows with `query` to the front of `products`.
    ///
    /// - Precondition: `products` has room for the rows.
    func dotProducts(with query: [Float], _ range: Range<Int>, into products: inout [Float]) {
        rows.withRows(range) { span in
            DotProduct.rows(span, count: range.count, query: query.span, into: &products)
        }
    }
}
