package import RecFiles

/// A row-major matrix of floats that lies in an array or in a mapped file.
@safe
package struct FloatRows: Sendable {
    private let values: NumberArray<Float>

    /// The number of rows.
    package let rowCount: Int

    /// The number of floats of each row.
    package let dimension: Int

    /// Creates a matrix from an array.
    ///
    /// - Precondition: `values` holds `rowCount * dimension` floats.
    package init(_ values: [Float], rowCount: Int, dimension: Int) {
        precondition(values.count == rowCount * dimension, "the array must hold every row")
        self.values = NumberArray(values)
        self.rowCount = rowCount
        self.dimension = dimension
    }

    /// Creates a matrix from little-endian floats in a mapped file, in place.
    ///
    /// - Precondition: `offset` is a multiple of 4, and the rows lie within the file.
    package init(_ file: MappedFile, offset: Int, rowCount: Int, dimension: Int) {
        let size = rowCount.multipliedReportingOverflow(by: dimension)
        precondition(rowCount >= 0 && dimension >= 0 && !size.overflow, "rows must fit the address space")
        values = NumberArray(file, offset: offset, count: size.partialValue)
        self.rowCount = rowCount
        self.dimension = dimension
    }

    /// Lends consecutive rows, one after another.
    ///
    /// - Precondition: `range` lies within `0..<rowCount`.
    package func withRows<Value, Failure: Error>(
        _ range: Range<Int>,
        _ body: (Span<Float>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        precondition(range.lowerBound >= 0 && range.upperBound <= rowCount, "rows out of range")
        return try values.withSpan(range.lowerBound * dimension..<range.upperBound * dimension, body)
    }

    /// Lends the bytes of consecutive rows.
    package func withBytes<Value, Failure: Error>(
        _ range: Range<Int>,
        _ body: (RawSpan) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try withRows(range) { span throws(Failure) in try unsafe body(span.bytes) }
    }

    /// A copy of one row.
    package func row(_ index: Int) -> [Float] {
        precondition(index >= 0 && index < rowCount, "a row out of range")
        return values.array(index * dimension..<(index + 1) * dimension)
    }

    /// The dot product of one row with itself.
    ///
    /// Stretches are summed in single precision and added in double: in a row of millions of floats the lanes of one
    /// sum would lose more than 1e-4 of it.
    package func squaredLength(of index: Int) -> Double {
        withRows(index..<index + 1) { row in
            var result: [Float] = [0]
            var sum = 0.0
            for start in stride(from: 0, to: row.count, by: Self.stretch) {
                let part = row.extracting(start..<min(start + Self.stretch, row.count))
                DotProduct.rows(part, count: 1, query: part, into: &result)
                sum += Double(result[0])
            }
            return sum
        }
    }

    /// Floats whose squares are summed in single precision.
    private static let stretch = 4096
}
