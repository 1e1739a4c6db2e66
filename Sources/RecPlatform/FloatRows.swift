/// A row-major matrix of floats that lies in an array or in a mapped file.
@safe
package struct FloatRows: Sendable {
    private enum Storage {
        case owned([Float])
        case mapped(MappedFile, offset: Int)
    }

    private let storage: Storage

    /// The number of rows.
    package let rowCount: Int

    /// The number of floats of each row.
    package let dimension: Int

    /// Creates a matrix from an array.
    ///
    /// - Precondition: `values` holds `rowCount * dimension` floats.
    package init(_ values: [Float], rowCount: Int, dimension: Int) {
        precondition(values.count == rowCount * dimension, "the array must hold every row")
        storage = .owned(values)
        self.rowCount = rowCount
        self.dimension = dimension
    }

    /// Creates a matrix from little-endian floats in a mapped file, in place.
    ///
    /// - Precondition: `offset` is a multiple of 4, and the rows lie within the file.
    package init(_ file: MappedFile, offset: Int, rowCount: Int, dimension: Int) {
        let size = rowCount.multipliedReportingOverflow(by: dimension)
        let bytes = size.partialValue.multipliedReportingOverflow(by: 4)
        precondition(rowCount >= 0 && dimension >= 0 && offset >= 0 && offset % 4 == 0, "rows must be aligned")
        precondition(!size.overflow && !bytes.overflow, "rows must fit the address space")
        precondition(offset <= file.count && bytes.partialValue <= file.count - offset, "rows must lie in the file")
        storage = .mapped(file, offset: offset)
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
        let elements = range.lowerBound * dimension..<range.upperBound * dimension
        switch storage {
        case .owned(let values):
            return try body(values.span.extracting(elements))
        case .mapped(let file, let offset):
            return try file.withBytes { bytes throws(Failure) in
                let part = bytes.extracting(offset + elements.lowerBound * 4..<offset + elements.upperBound * 4)
                return try unsafe body(part._unsafeView(as: Float.self))
            }
        }
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
        withRows(index..<index + 1) { span in
            unsafe [Float](unsafeUninitializedCapacity: span.count) { buffer, count in
                for position in span.indices { unsafe buffer.initializeElement(at: position, to: span[position]) }
                count = span.count
            }
        }
    }

    /// The dot product of one row with itself.
    package func squaredLength(of index: Int) -> Float {
        withRows(index..<index + 1) { span in
            var result: [Float] = [0]
            DotProduct.rows(span, count: 1, query: span, into: &result)
            return result[0]
        }
    }
}
