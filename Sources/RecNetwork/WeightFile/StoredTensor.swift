internal import RecCore
internal import RecFiles

/// One tensor of a weight file: its shape, its type and the place of its elements.
///
/// The parser has checked that all elements lie within the file and that their number is in proportion to its size.
struct StoredTensor: Sendable {
    /// The layout of elements.
    enum Layout: Sendable {
        /// Row-major, one after the other, from an offset in the file.
        case contiguous(offset: Int)
        /// At `offset + index * stride` for an index of each dimension; offset in bytes of the file, strides in elements.
        case strided(offset: Int, strides: [Int])
        /// In the chunks of an HDF5 data set.
        case chunked(HDF5ChunkedData)
        /// Never written: zeros.
        case zeros
    }

    /// The shape, outermost dimension first.
    let shape: [Int]
    /// The type of the elements.
    let elementType: ElementType
    /// The layout of the elements.
    let layout: Layout

    /// Whether the numbers are the negatives of the stored ones.
    var isNegated = false

    /// The number of elements.
    var count: Int { shape.reduce(1, *) }

    /// The elements in row-major order as `Float`.
    func floats(in file: MappedFile) throws(RecError) -> [Float] {
        let values = try storedFloats(in: file)
        return isNegated ? values.map { -$0 } : values
    }

    private func storedFloats(in file: MappedFile) throws(RecError) -> [Float] {
        let encoding = elementType.encoding
        switch layout {
        case .contiguous(let offset):
            guard let values = file.floats(at: offset, count: count, encoding: encoding) else { throw outside(file) }
            return values
        case .strided(let offset, let strides):
            let extent = extent(of: strides)
            guard let values = file.floats(at: offset, count: extent, encoding: encoding) else { throw outside(file) }
            return gather(values, strides: strides)
        case .chunked(let chunks):
            let bytes = try chunks.assemble(shape: shape)
            return encoding.floats(in: bytes)
        case .zeros:
            return [Float](repeating: 0, count: count)
        }
    }

    /// The elements in row-major order, or `nil` when they are not integers.
    func integers(in file: MappedFile) throws(RecError) -> [Int64]? {
        let values = try storedIntegers(in: file)
        return isNegated ? values?.map { 0 &- $0 } : values
    }

    private func storedIntegers(in file: MappedFile) throws(RecError) -> [Int64]? {
        let encoding = elementType.encoding
        switch layout {
        case .contiguous(let offset):
            return file.integers(at: offset, count: count, encoding: encoding)
        case .strided(let offset, let strides):
            let extent = extent(of: strides)
            return file.integers(at: offset, count: extent, encoding: encoding).map { gather($0, strides: strides) }
        case .chunked(let chunks):
            let bytes = try chunks.assemble(shape: shape)
            return encoding.integers(in: bytes)
        case .zeros:
            return encoding.integers(in: [UInt8](repeating: 0, count: count * elementType.byteCount))
        }
    }

    /// Whether this is the same view of the same bytes of a file.
    func isSame(as other: StoredTensor) -> Bool {
        guard shape == other.shape, elementType == other.elementType, isNegated == other.isNegated else { return false }
        return switch (layout, other.layout) {
        case (.contiguous(let one), .contiguous(let two)): one == two
        case (.strided(let one, let strides), .strided(let two, let others)): one == two && strides == others
        case (.zeros, .zeros): true
        default: false
        }
    }

    /// Whether strides are those of a row-major tensor without gaps.
    static func isContiguous(shape: [Int], strides: [Int]) -> Bool {
        var expected = 1
        for (size, stride) in zip(shape, strides).reversed() where size != 1 {
            if stride != expected { return false }
            expected *= size
        }
        return true
    }

    /// The number of elements from the first to the last that strides reach.
    private func extent(of strides: [Int]) -> Int {
        shape.contains(0) ? 0 : zip(shape, strides).reduce(1) { $0 + ($1.0 - 1) * $1.1 }
    }

    /// Brings elements into row-major order.
    private func gather<Value>(_ values: [Value], strides: [Int]) -> [Value] {
        guard let inner = shape.last, let step = strides.last, count > 0 else { return values }
        var result: [Value] = []
        result.reserveCapacity(count)
        var index = [Int](repeating: 0, count: shape.count - 1)
        var start = 0
        while true {
            for column in 0..<inner { result.append(values[start + column * step]) }
            var axis = index.count - 1
            while axis >= 0 {
                index[axis] += 1
                start += strides[axis]
                if index[axis] < shape[axis] { break }
                start -= strides[axis] * shape[axis]
                index[axis] = 0
                axis -= 1
            }
            if axis < 0 { return result }
        }
    }

    private func outside(_ file: MappedFile) -> RecError {
        ByteRegion(file).corrupt("A tensor lies outside of the file")
    }
}
