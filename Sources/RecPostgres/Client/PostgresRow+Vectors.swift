package import RecCore
internal import RecFiles

/// Values of the types of pgvector; `nil` for `NULL`. They throw as the others do.
extension PostgresRow {
    /// A `vector`.
    package func vector(_ column: Int) throws(RecError) -> [Float]? {
        try decode(column, "vector") { cell throws(ByteReader.EndOfData) in
            var reader = ByteReader(cell.bytes)
            let count = try Self.dimension(&reader)
            let floats = try reader.readBigEndianFloats(count: count)
            guard reader.remaining == 0 else { throw ByteReader.EndOfData() }
            return floats
        }
    }

    /// A `halfvec`.
    package func halfvec(_ column: Int) throws(RecError) -> [Float]? {
        try decode(column, "halfvec") { cell throws(ByteReader.EndOfData) in
            var reader = ByteReader(cell.bytes)
            let count = try Self.dimension(&reader)
            let numbers = try reader.readArray(of: UInt16.self, count: count)
            guard reader.remaining == 0 else { throw ByteReader.EndOfData() }
            var writer = ByteWriter()
            writer.write(contentsOf: numbers.map { $0.byteSwapped })
            return NumberEncoding.float16.floats(in: writer.bytes)
        }
    }

    /// A `sparsevec`: the number of its dimensions, and those that are not zero, counted from 0, with their values.
    package func sparsevec(
        _ column: Int
    ) throws(RecError) -> (dimension: Int, indices: [Int], values: [Float])? {
        try decode(column, "sparsevec") { cell throws(ByteReader.EndOfData) in
            var reader = ByteReader(cell.bytes)
            let dimension = Int(try reader.bigEndian(Int32.self))
            let count = Int(try reader.bigEndian(Int32.self))
            guard try reader.read(Int32.self) == 0 else { throw ByteReader.EndOfData() }
            let indices = try reader.readArray(of: Int32.self, count: count).map { Int(Int32(bigEndian: $0)) }
            let values = try reader.readBigEndianFloats(count: count)
            guard reader.remaining == 0, indices.allSatisfy({ $0 >= 0 && $0 < dimension }) else {
                throw ByteReader.EndOfData()
            }
            return (dimension, indices, values)
        }
    }

    private static func dimension(_ reader: inout ByteReader) throws(ByteReader.EndOfData) -> Int {
        let count = try reader.bigEndian(Int16.self)
        guard try reader.read(Int16.self) == 0 else { throw ByteReader.EndOfData() }
        return Int(count)
    }
}
