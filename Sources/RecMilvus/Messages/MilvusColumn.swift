internal import RecFiles

/// The values of one field of several rows: `FieldData`.
package struct MilvusColumn: Sendable, Hashable {
    /// The values by type.
    package enum Values: Sendable, Hashable {
        case integers([Int64])
        case texts([String])
        case lists([[String]])
        case json([[UInt8]])
        /// One vector behind the other.
        case vectors(dimension: Int, [Float])
        /// A type that we do not use.
        case other
    }

    package var name: String
    package var values: Values

    package init(_ name: String, _ values: Values) {
        self.name = name
        self.values = values
    }

    func write(to writer: inout ProtobufWriter) {
        switch values {
        case .integers(let numbers):
            writer.write(1, MilvusType.integer.rawValue)
            writer.write(2, name)
            writer.write(3) { $0.write(3) { $0.write(1, packed: numbers) } }
        case .texts(let texts):
            writer.write(1, MilvusType.text.rawValue)
            writer.write(2, name)
            writer.write(3) { $0.write(6) { list in for text in texts { list.writeElement(1, text) } } }
        case .lists(let lists):
            writer.write(1, MilvusType.list.rawValue)
            writer.write(2, name)
            writer.write(3) { scalars in
                scalars.write(8) { array in
                    for texts in lists {
                        array.write(1) { $0.write(6) { list in for text in texts { list.writeElement(1, text) } } }
                    }
                    array.write(2, MilvusType.text.rawValue)
                }
            }
        case .json(let documents):
            writer.write(1, MilvusType.json.rawValue)
            writer.write(2, name)
            writer.write(3) { $0.write(9) { list in for document in documents { list.writeElement(1, document) } } }
        case .vectors(let dimension, let numbers):
            writer.write(1, MilvusType.vector.rawValue)
            writer.write(2, name)
            writer.write(4) { vectors in
                vectors.write(1, Int64(dimension))
                vectors.write(2) { $0.write(1, packed: numbers) }
            }
        case .other: break
        }
    }

    init(_ bytes: RawSpan, _ range: Range<Int>) throws {
        (name, values) = ("", .other)
        var type: Int64 = 0
        try bytes.forEachField(in: range) { field in
            switch field.number {
            case 1: type = try field.integer
            case 2: name = try field.text(in: bytes)
            case 3: try readScalars(bytes, try field.range)
            case 4: try readVectors(bytes, try field.range)
            default: break
            }
        }
        // A column without values may come without its lists.
        guard case .other = values else { return }
        switch MilvusType(rawValue: type) {
        case .integer: values = .integers([])
        case .text: values = .texts([])
        case .json: values = .json([])
        case .vector: values = .vectors(dimension: 0, [])
        case .list, nil: break
        }
    }

    private mutating func readScalars(_ bytes: RawSpan, _ range: Range<Int>) throws {
        try bytes.forEachField(in: range) { field in
            switch field.number {
            case 3:
                var numbers: [Int64] = []
                try bytes.forEachField(in: try field.range) {
                    if $0.number == 1 { try $0.append(to: &numbers, in: bytes) }
                }
                values = .integers(numbers)
            case 6: values = .texts(try bytes.texts(try field.range))
            case 9:
                var documents: [[UInt8]] = []
                try bytes.forEachField(in: try field.range) {
                    if $0.number == 1 { documents.append(try $0.array(in: bytes)) }
                }
                values = .json(documents)
            default: break
            }
        }
    }

    private mutating func readVectors(_ bytes: RawSpan, _ range: Range<Int>) throws {
        var dimension = 0
        var numbers: [Float] = []
        try bytes.forEachField(in: range) { field in
            switch field.number {
            case 1: dimension = Int(clamping: try field.integer)
            case 2:
                try bytes.forEachField(in: try field.range) {
                    if $0.number == 1 { try $0.append(to: &numbers, in: bytes) }
                }
            default: break
            }
        }
        values = .vectors(dimension: dimension, numbers)
    }
}

extension RawSpan {
    /// The texts of a `StringArray` at a place.
    func texts(_ range: Range<Int>) throws -> [String] {
        var texts: [String] = []
        try forEachField(in: range) { if $0.number == 1 { texts.append(try $0.text(in: self)) } }
        return texts
    }
}
