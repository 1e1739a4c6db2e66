internal import RecFiles

/// Writes an array of any type in PostgreSQL's binary format, element by element.
struct ArrayWriter {
    private var writer = ByteWriter()
    private var count = 0
    private let element: UInt32
    private let array: UInt32

    init(of type: VectorTypes.Pair) {
        (element, array) = (type.element, type.array)
    }

    /// Adds an element.
    ///
    /// - Parameter write: Writes the element; for `NULL`, it writes nothing and answers `false`.
    mutating func append(_ write: (inout ByteWriter) -> Bool) {
        count += 1
        writer.writeCell(write)
    }

    /// The array as a parameter.
    var value: PostgresValue {
        var all = ByteWriter()
        all.write(contentsOf: [UInt32(count == 0 ? 0 : 1), 1, element].map(\.bigEndian))
        if count > 0 {
            all.write(contentsOf: [UInt32(count), 1].map(\.bigEndian))
            all.write(contentsOf: writer.bytes)
        }
        return PostgresValue(type: array, bytes: all.bytes)
    }
}
