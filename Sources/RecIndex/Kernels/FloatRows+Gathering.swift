package import RecFiles

extension FloatRows {
    /// Where a row of a gathered matrix comes from.
    package struct Place: Sendable {
        /// The position of the matrix among the sources.
        package let source: Int
        /// The row of that matrix.
        package let row: Int

        package init(source: Int, row: Int) {
            self.source = source
            self.row = row
        }
    }

    /// Copies rows of several matrices, in the given order, into a matrix of its own in memory.
    ///
    /// - Precondition: Every source has this dimension.
    package init(gathering places: [Place], of sources: [FloatRows], dimension: Int) {
        precondition(sources.allSatisfy { $0.dimension == dimension }, "every source must have the dimension")
        let values = unsafe [Float](unsafeUninitializedCapacity: places.count * dimension) { buffer, count in
            for place in places {
                sources[place.source].withRows(place.row..<place.row + 1) { row in
                    unsafe row.withUnsafeBufferPointer { row in
                        let target = unsafe UnsafeMutableBufferPointer(rebasing: buffer[count..<count + dimension])
                        unsafe UnsafeMutableRawBufferPointer(target).copyMemory(from: UnsafeRawBufferPointer(row))
                    }
                }
                count += dimension
            }
        }
        self.init(values, rowCount: places.count, dimension: dimension)
    }

    /// Copies rows of several matrices, in the given order, into a file without a name, and maps it.
    ///
    /// For more rows than memory should hold; the disk's space is given back with the last reference.
    ///
    /// - Parameters:
    ///   - places: Where the rows come from.
    ///   - sources: The matrices.
    ///   - dimension: The number of floats of each row.
    ///   - path: Where the file may be for a moment.
    /// - Precondition: Every source has this dimension.
    /// - Throws: ``FileError`` when the file cannot be written.
    package init(
        gathering places: [Place],
        of sources: [FloatRows],
        dimension: Int,
        spillingTo path: String
    ) throws(FileError) {
        let piece = max(1, (8 << 20) / max(dimension * 4, 1))
        defer { try? FileSystem.remove(path) }
        try AtomicFile.write(to: path) { file throws(FileError) in
            for start in stride(from: 0, to: places.count, by: piece) {
                let part = Array(places[start..<min(start + piece, places.count)])
                let rows = FloatRows(gathering: part, of: sources, dimension: dimension)
                try rows.withBytes(0..<part.count) { bytes throws(FileError) in try file.write(bytes) }
            }
        }
        self.init(try MappedFile(path: path), offset: 0, rowCount: places.count, dimension: dimension)
    }
}
