internal import RecFiles

/// The types of fields that we use, by their numbers in `schema.proto`.
package enum MilvusType: Int64, Sendable {
    case integer = 5
    case text = 21
    case list = 22
    case json = 23
    case vector = 101
}

/// A field of a collection.
package struct MilvusField: Sendable, Hashable {
    package var name: String
    package var type: Int64
    package var isPrimary = false
    package var elementType: Int64 = 0
    package var parameters: [String: String] = [:]

    package init(
        _ name: String,
        _ type: MilvusType,
        isPrimary: Bool = false,
        elements: MilvusType? = nil,
        _ parameters: [String: String] = [:]
    ) {
        self.name = name
        self.type = type.rawValue
        self.isPrimary = isPrimary
        elementType = elements?.rawValue ?? 0
        self.parameters = parameters
    }

    init(_ bytes: RawSpan, _ range: Range<Int>) throws {
        (name, type) = ("", 0)
        try bytes.forEachField(in: range) { field in
            switch field.number {
            case 2: name = try field.text(in: bytes)
            case 3: isPrimary = try field.integer != 0
            case 5: type = try field.integer
            case 6:
                let pair = try bytes.pair(try field.range)
                parameters[pair.key] = pair.value
            case 10: elementType = try field.integer
            default: break
            }
        }
    }

    func write(to writer: inout ProtobufWriter) {
        writer.write(2, name)
        writer.write(3, isPrimary)
        writer.write(5, type)
        writer.write(6, parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        writer.write(10, elementType)
    }
}
