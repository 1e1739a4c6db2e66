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

    /// Adds an element; `nil` is `NULL`.
    mutating func append(_ bytes: [UInt8]?) {
        count += 1
        writer.write(Int32(bytes?.count ?? -1).bigEndian)
        if let bytes { writer.write(contentsOf: bytes) }
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
