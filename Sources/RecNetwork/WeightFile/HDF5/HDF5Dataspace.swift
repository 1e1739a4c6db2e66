internal import RecCore

/// Reads the shape of a data set or an attribute.
enum HDF5Dataspace {
    /// The sizes, outermost dimension first; `[]` for a single value, `[0]` for none.
    static func shape(_ body: ByteRegion, in file: HDF5File) throws(RecError) -> [Int] {
        var reader = body.reader()
        let version = try reader.byte()
        let rank = Int(try reader.byte())
        _ = try reader.byte()
        guard version == 1 || version == 2, rank <= 32 else { throw body.corrupt("An HDF5 shape is damaged") }
        if version == 1 {
            try reader.skip(5)
        } else if try reader.byte() == 2 {
            return [0]
        }
        var shape: [Int] = []
        for _ in 0..<rank { shape.append(try file.length(&reader)) }
        return shape
    }
}
