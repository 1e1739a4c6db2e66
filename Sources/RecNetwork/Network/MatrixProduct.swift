/// Products of pairs of matrices that are both computed from the image, such as those of attention.
///
/// Operands and output are vectors: matrix after matrix, each row-major.
package struct MatrixProduct: Sendable, Hashable {
    /// The number of pairs.
    package let batch: Int
    /// Rows of the left matrix and of the output.
    package let rows: Int
    /// Columns of the left matrix: the length of the sums.
    package let depth: Int
    /// Columns of the output.
    package let columns: Int
    /// Whether the right matrix is `columns` x `depth`.
    package let isTransposed: Bool

    /// Creates a product.
    ///
    /// - Precondition: All sizes are at least 1.
    package init(batch: Int, rows: Int, depth: Int, columns: Int, isTransposed: Bool = false) {
        precondition(batch > 0 && rows > 0 && depth > 0 && columns > 0, "matrices without elements")
        self.batch = batch
        self.rows = rows
        self.depth = depth
        self.columns = columns
        self.isTransposed = isTransposed
    }

    var left: FeatureMapShape { FeatureMapShape(channels: batch * rows * depth) }
    var right: FeatureMapShape { FeatureMapShape(channels: batch * depth * columns) }
    package var output: FeatureMapShape { FeatureMapShape(channels: batch * rows * columns) }
}
