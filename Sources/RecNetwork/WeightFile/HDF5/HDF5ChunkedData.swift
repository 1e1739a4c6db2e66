internal import RecCore

/// The chunks of a data set, put together when its elements are asked for.
struct HDF5ChunkedData: Sendable {
    /// One chunk.
    struct Chunk: Sendable {
        /// The index of its first element in the data set.
        let origin: [Int]
        /// A bit for each filter that was not applied to it.
        let skippedFilters: UInt32
        /// What is stored.
        let data: ByteRegion

        init(origin: some Sequence<Int>, skippedFilters: UInt32, data: ByteRegion) {
            self.origin = Array(origin)
            self.skippedFilters = skippedFilters
            self.data = data
        }
    }

    /// The shape of every chunk; chunks at the edges reach beyond the data set.
    let chunkShape: [Int]
    /// The size of an element in bytes.
    let elementSize: Int
    /// What was done to each chunk, in this order.
    let filters: [HDF5Filter]
    /// The chunks that were written.
    let chunks: [Chunk]
    /// The file, for errors.
    let region: ByteRegion

    /// All elements in row-major order; those of chunks that were never written are zeros.
    func assemble(shape: [Int]) throws(RecError) -> [UInt8] {
        // The parser has checked these sizes against the file.
        var result = [UInt8](repeating: 0, count: shape.reduce(elementSize, *))
        let chunkSize = chunkShape.reduce(elementSize, *)
        // Chunks do not overlap, so they cannot cover more than the data set rounded up to whole chunks.
        var left = 1
        for (size, chunk) in zip(shape, chunkShape) { left *= (size - 1) / chunk + 1 }
        for chunk in chunks {
            left -= 1
            guard left >= 0, chunk.origin.count == shape.count, zip(chunk.origin, shape).allSatisfy({ $0 < $1 }) else {
                throw region.corrupt("A chunk lies outside of its data set")
            }
            var bytes = chunk.data.prefix(chunk.data.count)
            for (index, filter) in filters.enumerated().reversed()
            where index >= 32 || chunk.skippedFilters & 1 << UInt32(index) == 0 {
                bytes = try filter.undo(bytes, limit: chunkSize, in: region)
            }
            guard bytes.count == chunkSize else { throw region.corrupt("A chunk is not of the size that is stated") }
            copy(bytes, origin: chunk.origin, into: &result, shape: shape)
        }
        return result
    }

    /// Copies the rows of a chunk that lie within the data set.
    private func copy(_ bytes: [UInt8], origin: [Int], into result: inout [UInt8], shape: [Int]) {
        guard let columns = shape.last, let first = origin.last, let width = chunkShape.last else {
            result = bytes
            return
        }
        let rowSize = min(width, columns - first) * elementSize
        let rows = chunkShape.dropLast().reduce(1, *)
        for row in 0..<rows {
            var rest = row
            var target = 0
            var scale = columns
            var isInside = true
            for axis in (0..<shape.count - 1).reversed() {
                let index = origin[axis] + rest % chunkShape[axis]
                rest /= chunkShape[axis]
                isInside = isInside && index < shape[axis]
                target += index * scale
                scale *= shape[axis]
            }
            guard isInside else { continue }
            let start = (target + first) * elementSize
            let source = row * width * elementSize
            result.replaceSubrange(start..<start + rowSize, with: bytes[source..<source + rowSize])
        }
    }
}
